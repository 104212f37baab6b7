package jp.musubi.identity.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.identity.Grant;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.Role;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaPeople implements People {

    private final PersonRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    JpaPeople(PersonRepository repository, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
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
                         ORDER BY g.id""")
                .param(id.value())
                .query((row, n) -> new Grant(
                        Role.valueOf(row.getString("role")),
                        Optional.ofNullable(row.getObject("organisation_id", Long.class))
                                .map(OrganisationId::new),
                        Optional.ofNullable(row.getString("region")),
                        Optional.ofNullable(row.getObject("response_id", Long.class))
                                .map(ResponseId::new)))
                .list();
    }

    @Override
    @Transactional
    public void grant(PersonId to, Grant grant, Optional<PersonId> by) {
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
                .update();
    }

    @Override
    @Transactional
    public void signOutEverywhere(PersonId id) {
        repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no person with id " + id.value() + "."))
                .signOutEverywhere();
    }
}
