package jp.musubi.place;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.response.ResponseId;

/**
 * People who need help, in one place: a shelter, people at home, an office, a facility.
 *
 * @param source who keeps the list it came from
 * @param externalId its id in that list; (response, source, external id) is its identity
 * @param derived made by a rule from facts, not reported by anybody
 * @param reportedAt when the details were last said to be so, by the response's clock
 * @param closedAt when it was given up
 * @param version counts the changes; an edit names the one it was based on
 */
public record Community(
        CommunityId id,
        ResponseId response,
        String source,
        String externalId,
        boolean derived,
        CommunityDetails details,
        Instant reportedAt,
        Optional<Instant> closedAt,
        long version) {}
