package jp.musubi.place;

import java.time.Instant;
import jp.musubi.response.ResponseId;

/**
 * A store from which goods go out.
 *
 * @param source who keeps the list it came from
 * @param externalId its id in that list
 * @param derived made by a rule or from general knowledge, not reported by anybody
 * @param reportedAt when the details were last said to be so, by the response's clock
 */
public record Hub(
        HubId id,
        ResponseId response,
        String source,
        String externalId,
        boolean derived,
        HubDetails details,
        Instant reportedAt,
        long version) {}
