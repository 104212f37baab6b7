package jp.musubi.identity;

import java.util.List;
import java.util.Optional;

/** Port: the tree of organisations. */
public interface Organisations {

    /** All organisations that are not closed, parents before children. */
    List<Organisation> listOrganisations();

    Optional<Organisation> findById(OrganisationId id);

    /** Adds an organisation; {@code draft.id()} is ignored. */
    Organisation add(Organisation draft);

    /** All organisations, also closed ones. */
    List<OrganisationEntry> listEntries();

    /**
     * @throws IllegalArgumentException if there is no such organisation
     */
    OrganisationEntry getEntry(OrganisationId id);

    /**
     * Replaces names and municipality; kind and place in the tree stay.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if the organisation is not at {@code expectedVersion} any more
     */
    OrganisationEntry change(Organisation changed, long expectedVersion);

    /**
     * @throws jp.musubi.common.ChangedMeanwhile if the organisation is not at {@code expectedVersion} any more
     */
    OrganisationEntry close(OrganisationId id, long expectedVersion);

    /**
     * @throws jp.musubi.common.ChangedMeanwhile if the organisation is not at {@code expectedVersion} any more
     */
    OrganisationEntry reopen(OrganisationId id, long expectedVersion);
}
