package jp.musubi.place.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Hub;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubId;
import jp.musubi.place.Hubs;
import jp.musubi.place.Municipalities;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaHubs implements Hubs {

    private final HubRepository repository;
    private final Municipalities municipalities;
    private final PlaceHistory history;
    private final EntityManager entities;
    private final JdbcClient jdbc;

    JpaHubs(
            HubRepository repository,
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
    public Optional<Hub> find(HubId id) {
        return repository.findById(id.value()).map(HubEntity::toHub);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Hub> findByExternalId(ResponseId response, String externalId) {
        return repository
                .findFirstByResponseIdAndExternalIdOrderBySource(response.value(), externalId)
                .map(HubEntity::toHub);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Hub> listHubs(ResponseId response) {
        return repository.findAllByResponseIdOrderByNameAscIdAsc(response.value()).stream()
                .map(HubEntity::toHub)
                .toList();
    }

    @Override
    @Transactional
    public Hub add(ResponseId response, UUID key, HubDetails details, Edit edit) {
        String externalId = key.toString();
        Optional<HubEntity> known =
                repository.findByResponseIdAndSourceAndExternalId(response.value(), JpaCommunities.BY_HAND, externalId);
        if (known.isPresent()) {
            return known.get().toHub();
        }
        HubEntity entity = new HubEntity(
                response,
                JpaCommunities.BY_HAND,
                externalId,
                details,
                searchKey(municipalities, details, externalId),
                edit.at());
        Hub added = repository.saveAndFlush(entity).toHub();
        record(added, "create", Optional.empty(), edit);
        return added;
    }

    @Override
    @Transactional
    public Hub correct(HubId id, long basedOnVersion, HubDetails details, Edit edit) {
        HubEntity entity = repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no hub " + id.value() + "."));
        if (entity.version() != basedOnVersion) {
            throw new OptimisticLockingFailureException("Hub " + id.value() + " was changed meanwhile: version "
                    + entity.version() + ", the edit is based on " + basedOnVersion + ".");
        }
        Optional<String> before = Optional.of(PlaceHistory.json(entity.details()));
        entity.say(details, searchKey(municipalities, details, entity.externalId()), edit.at());
        repository.saveAndFlush(entity);
        if (entity.version() == basedOnVersion) {
            // The contact lies in a table of its own: also who corrects nothing else leaves another version.
            entities.lock(entity, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        }
        Hub corrected = entity.toHub();
        record(corrected, "correct", before, edit);
        return corrected;
    }

    private void record(Hub hub, String action, Optional<String> before, Edit edit) {
        history.record(
                hub.response(),
                PlaceHistory.HUB,
                hub.id().value(),
                action,
                before,
                Optional.of(PlaceHistory.json(hub.details())),
                edit.by(),
                edit.reason());
    }

    static String searchKey(Municipalities municipalities, HubDetails details, String externalId) {
        return SearchKey.of(
                municipalities.directory().getByCode(details.municipality()),
                externalId,
                Stream.concat(Stream.of(details.name()), details.nameEn().stream()));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> findContact(HubId id) {
        return jdbc.sql("SELECT contact FROM hub_contact WHERE hub_id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    @Override
    @Transactional
    public void setContact(HubId id, Optional<String> contact) {
        jdbc.sql("DELETE FROM hub_contact WHERE hub_id = ?").param(id.value()).update();
        contact.ifPresent(text -> jdbc.sql("INSERT INTO hub_contact (hub_id, contact) VALUES (?, ?)")
                .params(id.value(), text)
                .update());
    }
}
