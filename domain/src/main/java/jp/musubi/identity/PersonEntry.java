package jp.musubi.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody with access, as the register keeps it, with personal data: for administrators' pages only.
 *
 * @param deactivatedAt empty while the person may sign in
 * @param lastSignInAt when the newest link was used
 * @param version grows with every change; an edit names the version it was made from
 */
public record PersonEntry(
        Person person,
        PersonDetails details,
        Instant createdAt,
        Optional<Instant> deactivatedAt,
        Optional<Instant> lastSignInAt,
        long version) {

    public PersonId id() {
        return person.id();
    }
}
