package jp.musubi.place.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Hub;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubId;
import jp.musubi.place.HubRoute;
import jp.musubi.place.Hubs;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityCode;
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
        HubEntity entity = atVersion(id, basedOnVersion);
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

    private HubEntity atVersion(HubId id, long version) {
        HubEntity entity = repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no hub " + id.value() + "."));
        if (entity.version() != version) {
            throw new OptimisticLockingFailureException("Hub " + id.value() + " was changed meanwhile: version "
                    + entity.version() + ", the edit is based on " + version + ".");
        }
        return entity;
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

    @Override
    @Transactional(readOnly = true)
    public List<HubRoute> listRoutes(HubId id) {
        return jdbc.sql("""
                        SELECT municipality_code, kg_per_day, m3_per_day FROM hub_route
                         WHERE hub_id = ?
                         ORDER BY municipality_code""")
                .param(id.value())
                .query((row, n) -> new HubRoute(
                        new MunicipalityCode(row.getString("municipality_code")),
                        Optional.ofNullable(row.getObject("kg_per_day", Long.class)),
                        Optional.ofNullable(row.getObject("m3_per_day", Double.class))))
                .list();
    }

    @Override
    @Transactional
    public Hub setRoutes(HubId id, long basedOnVersion, List<HubRoute> routes, Edit edit) {
        HubEntity entity = atVersion(id, basedOnVersion);
        String before = PlaceHistory.json(listRoutes(id));
        jdbc.sql("DELETE FROM hub_route WHERE hub_id = ?").param(id.value()).update();
        for (HubRoute route : routes) {
            jdbc.sql("""
                            INSERT INTO hub_route (hub_id, municipality_code, kg_per_day, m3_per_day)
                            VALUES (:hub, :municipality, :kilograms, :metres)""")
                    .param("hub", id.value())
                    .param("municipality", route.municipality().value())
                    .param("kilograms", route.kilograms().orElse(null), Types.BIGINT)
                    .param("metres", route.cubicMetres().orElse(null), Types.DOUBLE)
                    .update();
        }
        entities.lock(entity, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        Hub hub = entity.toHub();
        history.record(
                hub.response(),
                PlaceHistory.HUB,
                id.value(),
                "correct",
                Optional.of(before),
                Optional.of(PlaceHistory.json(routes)),
                edit.by(),
                edit.reason());
        return hub;
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
