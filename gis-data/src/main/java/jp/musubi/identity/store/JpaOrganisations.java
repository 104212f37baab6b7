package jp.musubi.identity.store;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Organisations;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaOrganisations implements Organisations {

    private final OrganisationRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    JpaOrganisations(OrganisationRepository repository, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Organisation> listOrganisations() {
        return repository.findAllByClosedAtIsNullOrderById().stream()
                .map(OrganisationEntity::toOrganisation)
                .toList();
    }

    @Override
    public Optional<Organisation> findById(OrganisationId id) {
        return repository.findById(id.value()).map(OrganisationEntity::toOrganisation);
    }

    @Override
    @Transactional
    public Organisation add(Organisation draft) {
        return repository.saveAndFlush(new OrganisationEntity(draft)).toOrganisation();
    }

    @Override
    public List<OrganisationEntry> listEntries() {
        Map<Long, Integer> people = new HashMap<>();
        jdbc.sql("""
                        SELECT organisation_id, count(*) AS people FROM person
                         WHERE deactivated_at IS NULL GROUP BY organisation_id""").query(row -> {
            people.put(row.getLong("organisation_id"), row.getInt("people"));
        });
        return repository.findAllByOrderById().stream()
                .map(entity -> entity.toEntry(
                        people.getOrDefault(entity.toOrganisation().id().value(), 0)))
                .toList();
    }

    @Override
    public OrganisationEntry getEntry(OrganisationId id) {
        return get(id).toEntry(countPeople(id));
    }

    @Override
    @Transactional
    public OrganisationEntry change(Organisation changed, long expectedVersion) {
        return edit(changed.id(), expectedVersion, entity -> entity.change(changed));
    }

    @Override
    @Transactional
    public OrganisationEntry close(OrganisationId id, long expectedVersion) {
        return edit(id, expectedVersion, entity -> entity.close(clock.instant()));
    }

    @Override
    @Transactional
    public OrganisationEntry reopen(OrganisationId id, long expectedVersion) {
        return edit(id, expectedVersion, OrganisationEntity::reopen);
    }

    private OrganisationEntry edit(OrganisationId id, long expectedVersion, Consumer<OrganisationEntity> edit) {
        OrganisationEntity entity = get(id);
        if (!entity.isAt(expectedVersion)) {
            throw new ChangedMeanwhile("organisation", id.value(), expectedVersion);
        }
        edit.accept(entity);
        try {
            return repository.saveAndFlush(entity).toEntry(countPeople(id));
        } catch (OptimisticLockingFailureException e) {
            throw new ChangedMeanwhile("organisation", id.value(), expectedVersion);
        }
    }

    private OrganisationEntity get(OrganisationId id) {
        return repository
                .findById(id.value())
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no organisation with id " + id.value() + "."));
    }

    private int countPeople(OrganisationId id) {
        return jdbc.sql("SELECT count(*) FROM person WHERE organisation_id = ? AND deactivated_at IS NULL")
                .param(id.value())
                .query(Integer.class)
                .single();
    }
}
