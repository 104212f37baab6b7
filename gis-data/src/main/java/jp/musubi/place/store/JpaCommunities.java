package jp.musubi.place.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.musubi.place.Communities;
import jp.musubi.place.Community;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.CommunityId;
import jp.musubi.place.Municipalities;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaCommunities implements Communities {

    /** The source of what people enter by hand. */
    static final String BY_HAND = "by-hand";

    private final CommunityRepository repository;
    private final Municipalities municipalities;
    private final PlaceHistory history;
    private final EntityManager entities;
    private final JdbcClient jdbc;

    JpaCommunities(
            CommunityRepository repository,
            Municipalities municipalities,
            PlaceHistory history,
            EntityManager entities,
            JdbcClient jdbc) {
        this.repository = repository;
        this.municipalities = municipalities;
        this.history = history;
        this.entities = entities;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Community> find(CommunityId id) {
        return repository.findById(id.value()).map(CommunityEntity::toCommunity);
    }

    @Override
    @Transactional
    public Community add(ResponseId response, UUID key, CommunityDetails details, Edit edit) {
        String externalId = key.toString();
        Optional<CommunityEntity> known =
                repository.findByResponseIdAndSourceAndExternalId(response.value(), BY_HAND, externalId);
        if (known.isPresent()) {
            return known.get().toCommunity();
        }
        CommunityEntity entity =
                new CommunityEntity(response, BY_HAND, externalId, details, search(details, externalId), edit.at());
        Community added = repository.saveAndFlush(entity).toCommunity();
        record(added, "create", Optional.empty(), Optional.of(PlaceHistory.json(details)), edit);
        return added;
    }

    @Override
    @Transactional
    public Community correct(CommunityId id, long basedOnVersion, CommunityDetails details, Edit edit) {
        CommunityEntity entity = basedOn(id, basedOnVersion);
        CommunityDetails before = entity.details();
        Instant at =
                before.people().equals(details.people()) ? entity.toCommunity().reportedAt() : edit.at();
        entity.say(details, search(details, entity.externalId()), at);
        repository.saveAndFlush(entity);
        if (entity.version() == basedOnVersion) {
            // The contact lies in a table of its own: also who corrects nothing else leaves another version.
            entities.lock(entity, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        }
        Community corrected = entity.toCommunity();
        record(
                corrected,
                "correct",
                Optional.of(PlaceHistory.json(before)),
                Optional.of(PlaceHistory.json(details)),
                edit);
        return corrected;
    }

    @Override
    @Transactional
    public Community close(CommunityId id, long basedOnVersion, Edit edit) {
        return mark(id, basedOnVersion, "close", entity -> entity.close(edit.at()), edit);
    }

    @Override
    @Transactional
    public Community reopen(CommunityId id, long basedOnVersion, Edit edit) {
        return mark(id, basedOnVersion, "reopen", CommunityEntity::reopen, edit);
    }

    private Community mark(
            CommunityId id, long basedOnVersion, String action, Consumer<CommunityEntity> marking, Edit edit) {
        CommunityEntity entity = basedOn(id, basedOnVersion);
        marking.accept(entity);
        Community marked = repository.saveAndFlush(entity).toCommunity();
        Optional<String> details = Optional.of(PlaceHistory.json(marked.details()));
        record(marked, action, details, details, edit);
        return marked;
    }

    private CommunityEntity basedOn(CommunityId id, long version) {
        CommunityEntity entity = repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no community " + id.value() + "."));
        if (entity.version() != version) {
            throw new OptimisticLockingFailureException("Community " + id.value() + " was changed meanwhile: version "
                    + entity.version() + ", the edit is based on " + version + ".");
        }
        return entity;
    }

    private void record(
            Community community, String action, Optional<String> before, Optional<String> after, Edit edit) {
        history.record(
                community.response(),
                PlaceHistory.COMMUNITY,
                community.id().value(),
                action,
                before,
                after,
                edit.by(),
                edit.reason());
    }

    private String search(CommunityDetails details, String externalId) {
        return searchKey(municipalities, details, externalId);
    }

    static String searchKey(Municipalities municipalities, CommunityDetails details, String externalId) {
        return SearchKey.of(
                municipalities.directory().getByCode(details.municipality()),
                externalId,
                Stream.concat(Stream.of(details.name()), details.kana().stream()));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> findContact(CommunityId id) {
        return jdbc.sql("SELECT contact FROM community_contact WHERE community_id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    @Override
    @Transactional
    public void setContact(CommunityId id, Optional<String> contact) {
        jdbc.sql("DELETE FROM community_contact WHERE community_id = ?")
                .param(id.value())
                .update();
        contact.ifPresent(text -> jdbc.sql("INSERT INTO community_contact (community_id, contact) VALUES (?, ?)")
                .params(id.value(), text)
                .update());
    }
}
