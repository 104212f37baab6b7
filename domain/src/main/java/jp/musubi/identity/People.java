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

    /** Gives a role; the rules of {@link Granting} have been asked before. */
    GrantId grant(PersonId to, Grant grant, Optional<PersonId> by);

    /** The grants in force now with who gave them, for everybody. */
    List<GrantEntry> listGrantEntries();

    /** The same, held until the transaction ends: for rules that look at everybody's grants before they allow an edit. */
    List<GrantEntry> lockGrantEntries();

    /** Ends a grant; false if it is not in force any more. */
    boolean revoke(GrantId id);

    /** Ends every session of the person. */
    void signOutEverywhere(PersonId id);

    /** Everybody, also those without access any more, by login. */
    List<PersonEntry> listEntries();

    /**
     * @throws IllegalArgumentException if there is no such person
     */
    PersonEntry getEntry(PersonId id);

    /**
     * Replaces what the administrator may edit.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if the person is not at {@code expectedVersion} any more
     */
    PersonEntry change(
            PersonId id, PersonDetails details, OrganisationId organisation, Locale language, long expectedVersion);

    /**
     * Ends access and every session; grants stay for a later return but give nothing meanwhile.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if the person is not at {@code expectedVersion} any more
     */
    PersonEntry deactivate(PersonId id, long expectedVersion);

    /**
     * @throws jp.musubi.common.ChangedMeanwhile if the person is not at {@code expectedVersion} any more
     */
    PersonEntry reactivate(PersonId id, long expectedVersion);
}
