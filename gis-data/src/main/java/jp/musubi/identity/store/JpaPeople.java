package jp.musubi.identity.store;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.GrantId;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonDetails;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.Role;
import jp.musubi.response.ResponseId;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaPeople implements People {

    private static final String ENTRIES = """
            SELECT p.id, p.login, p.organisation_id, p.language, p.sign_in_epoch, p.created_at, p.deactivated_at,
                   p.version, d.name, d.email, d.phone,
                   (SELECT max(l.used_at) FROM sign_in_link l WHERE l.person_id = p.id) AS last_sign_in_at
              FROM person p LEFT JOIN person_detail d ON d.person_id = p.id""";

    private final PersonRepository repository;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Clock clock;

    JpaPeople(PersonRepository repository, EntityManager entities, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.entities = entities;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Person> findById(PersonId id) {
        return repository.findById(id.value()).map(PersonEntity::toPerson);
    }

    @Override
    public Optional<Person> findByLogin(String login) {
        return repository.findByLogin(login).map(PersonEntity::toPerson);
    }

    @Override
    public List<Person> listPeople() {
        return repository.findAllByOrderByLogin().stream()
                .map(PersonEntity::toPerson)
                .toList();
    }

    @Override
    public String getName(PersonId id) {
        return jdbc.sql("SELECT name FROM person_detail WHERE person_id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .orElse("");
    }

    @Override
    @Transactional
    public Person register(String login, OrganisationId organisation, Locale language, String name) {
        if (!login.matches(Person.LOGIN_PATTERN)) {
            throw new IllegalArgumentException("A login has lower case letters, digits, dots and hyphens, but was \""
                    + login + "\". Maybe sato-h?");
        }
        Person person = repository
                .saveAndFlush(new PersonEntity(login, organisation, language, clock.instant()))
                .toPerson();
        jdbc.sql("INSERT INTO person_detail (person_id, name) VALUES (?, ?)")
                .params(person.id().value(), name)
                .update();
        return person;
    }

    @Override
    public List<Grant> listGrants(PersonId id) {
        return jdbc.sql("""
                        SELECT g.role, g.organisation_id, g.region, g.response_id
                          FROM role_grant g JOIN person p ON p.id = g.person_id
                         WHERE g.person_id = ? AND g.revoked_at IS NULL AND p.deactivated_at IS NULL
                         ORDER BY g.id""").param(id.value()).query((row, n) -> readGrant(row)).list();
    }

    @Override
    @Transactional
    public GrantId grant(PersonId to, Grant grant, Optional<PersonId> by) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        INSERT INTO role_grant (person_id, role, organisation_id, region, response_id, granted_by,
                                                granted_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .param(to.value())
                .param(grant.role().name())
                .param(grant.organisation().map(OrganisationId::value).orElse(null))
                .param(grant.region().orElse(null))
                .param(grant.response().map(ResponseId::value).orElse(null))
                .param(by.map(PersonId::value).orElse(null))
                .param(Timestamp.from(clock.instant()))
                .update(key, "id");
        return new GrantId(Objects.requireNonNull(key.getKeyAs(Long.class)));
    }

    @Override
    public List<GrantEntry> listGrantEntries() {
        return readGrantEntries("");
    }

    @Override
    @Transactional
    public List<GrantEntry> lockGrantEntries() {
        return readGrantEntries(" FOR UPDATE");
    }

    private List<GrantEntry> readGrantEntries(String lock) {
        return jdbc.sql("""
                        SELECT g.id, g.person_id, g.role, g.organisation_id, g.region, g.response_id, g.granted_by,
                               g.granted_at
                          FROM role_grant g
                         WHERE g.revoked_at IS NULL
                         ORDER BY g.id""" + lock)
                .query((row, n) -> new GrantEntry(
                        new GrantId(row.getLong("id")),
                        new PersonId(row.getLong("person_id")),
                        readGrant(row),
                        row.getTimestamp("granted_at").toInstant(),
                        Optional.ofNullable(row.getObject("granted_by", Long.class))
                                .map(PersonId::new)))
                .list();
    }

    @Override
    @Transactional
    public boolean revoke(GrantId id) {
        return jdbc.sql("UPDATE role_grant SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                        .params(Timestamp.from(clock.instant()), id.value())
                        .update()
                == 1;
    }

    @Override
    public List<PersonEntry> listEntries() {
        return jdbc.sql(ENTRIES + " ORDER BY p.login")
                .query(JpaPeople::readEntry)
                .list();
    }

    @Override
    public PersonEntry getEntry(PersonId id) {
        return jdbc.sql(ENTRIES + " WHERE p.id = ?")
                .param(id.value())
                .query(JpaPeople::readEntry)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no person with id " + id.value() + "."));
    }

    @Override
    @Transactional
    public PersonEntry change(
            PersonId id, PersonDetails details, OrganisationId organisation, Locale language, long expectedVersion) {
        // By SQL, because the version must also grow when only the details in the other table differ.
        entities.flush();
        int changed = jdbc.sql("""
                        UPDATE person SET organisation_id = ?, language = ?, version = version + 1
                         WHERE id = ? AND version = ?""")
                .params(organisation.value(), language.toLanguageTag(), id.value(), expectedVersion)
                .update();
        if (changed == 0) {
            throw new ChangedMeanwhile("person", id.value(), expectedVersion);
        }
        entities.clear();
        jdbc.sql("UPDATE person_detail SET name = ?, email = ?, phone = ? WHERE person_id = ?")
                .param(details.name())
                .param(details.email().orElse(null))
                .param(details.phone().orElse(null))
                .param(id.value())
                .update();
        return getEntry(id);
    }

    @Override
    @Transactional
    public PersonEntry deactivate(PersonId id, long expectedVersion) {
        return edit(id, expectedVersion, entity -> entity.deactivate(clock.instant()));
    }

    @Override
    @Transactional
    public PersonEntry reactivate(PersonId id, long expectedVersion) {
        return edit(id, expectedVersion, PersonEntity::reactivate);
    }

    private PersonEntry edit(PersonId id, long expectedVersion, Consumer<PersonEntity> edit) {
        PersonEntity entity = get(id);
        if (!entity.isAt(expectedVersion)) {
            throw new ChangedMeanwhile("person", id.value(), expectedVersion);
        }
        try {
            edit.accept(entity);
            repository.saveAndFlush(entity);
        } catch (OptimisticLockingFailureException e) {
            throw new ChangedMeanwhile("person", id.value(), expectedVersion);
        }
        return getEntry(id);
    }

    private PersonEntity get(PersonId id) {
        return repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no person with id " + id.value() + "."));
    }

    private static PersonEntry readEntry(ResultSet row, int n) throws SQLException {
        Optional<Instant> deactivatedAt =
                Optional.ofNullable(row.getTimestamp("deactivated_at")).map(Timestamp::toInstant);
        return new PersonEntry(
                new Person(
                        new PersonId(row.getLong("id")),
                        row.getString("login"),
                        new OrganisationId(row.getLong("organisation_id")),
                        Locale.forLanguageTag(row.getString("language")),
                        row.getInt("sign_in_epoch"),
                        deactivatedAt.isEmpty()),
                new PersonDetails(
                        Optional.ofNullable(row.getString("name")).orElse(""),
                        Optional.ofNullable(row.getString("email")),
                        Optional.ofNullable(row.getString("phone"))),
                row.getTimestamp("created_at").toInstant(),
                deactivatedAt,
                Optional.ofNullable(row.getTimestamp("last_sign_in_at")).map(Timestamp::toInstant),
                row.getLong("version"));
    }

    private static Grant readGrant(ResultSet row) throws SQLException {
        return new Grant(
                Role.valueOf(row.getString("role")),
                Optional.ofNullable(row.getObject("organisation_id", Long.class))
                        .map(OrganisationId::new),
                Optional.ofNullable(row.getString("region")),
                Optional.ofNullable(row.getObject("response_id", Long.class)).map(ResponseId::new));
    }

    @Override
    @Transactional
    public void signOutEverywhere(PersonId id) {
        get(id).signOutEverywhere();
    }
}
