package jp.musubi.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Port: people with access and the roles they hold. */
public interface People {

    Optional<Person> findById(PersonId id);

    Optional<Person> findByLogin(String login);

    /** All people, by login. */
    List<Person> listPeople();

    /** The name a person is addressed with; personal data, for the own pages only. */
    String getName(PersonId id);

    /**
     * Registers somebody.
     *
     * @param login must be free and match {@link Person#LOGIN_PATTERN}
     * @param name kept apart from the person's id
     */
    Person register(String login, OrganisationId organisation, Locale language, String name);

    /** The grants in force now. */
    List<Grant> listGrants(PersonId id);

    void grant(PersonId to, Grant grant, Optional<PersonId> by);

    /** Ends every session of the person. */
    void signOutEverywhere(PersonId id);
}
