package jp.musubi.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * An organisation as the register keeps it.
 *
 * @param closedAt empty while it is at work
 * @param activePeople how many people with access belong to it
 * @param version grows with every change; an edit names the version it was made from
 */
public record OrganisationEntry(Organisation organisation, Optional<Instant> closedAt, int activePeople, long version) {

    public OrganisationId id() {
        return organisation.id();
    }

    public boolean isOpen() {
        return closedAt.isEmpty();
    }
}
