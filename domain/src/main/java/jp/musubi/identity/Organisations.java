package jp.musubi.identity;

import java.util.List;
import java.util.Optional;

/** Port: the tree of organisations. */
public interface Organisations {

    /** All organisations, parents before children. */
    List<Organisation> listOrganisations();

    Optional<Organisation> findById(OrganisationId id);

    /** Adds an organisation; {@code draft.id()} is ignored. */
    Organisation add(Organisation draft);
}
