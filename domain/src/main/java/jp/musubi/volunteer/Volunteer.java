package jp.musubi.volunteer;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.response.ResponseId;

/**
 * A volunteer of one response.
 *
 * @param externalId how the sender's list, or the registry, numbers the person
 * @param withdrawnAt since when the person does not come any more
 */
public record Volunteer(
        VolunteerId id,
        ResponseId response,
        String externalId,
        boolean derived,
        VolunteerDetails details,
        Optional<Instant> withdrawnAt,
        long version) {}
