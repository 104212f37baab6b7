package jp.musubi.inbox;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;

/**
 * What a file belongs to while it is read.
 *
 * @param feed the file; provenance of what it creates
 * @param source who keeps the list the file comes from; part of the identity of its records
 * @param actor who sent it; empty for the machine's own operator
 * @param receivedAt when it came, in real time
 * @param now what the response's own clock shows
 */
public record ImportContext(
        FeedId feed, Response response, String source, Optional<PersonId> actor, Instant receivedAt, Instant now) {

    /** The source of files for which nobody named one. */
    public static final String DEFAULT_SOURCE = "main";

    /** The source of the scenario that ships; its records are marked derived. */
    public static final String SCENARIO_SOURCE = "scenario";

    public ResponseId responseId() {
        return response.id();
    }

    /** Whether what this file says was derived by a rule and not reported by anybody. */
    public boolean isDerived() {
        return source.equals(SCENARIO_SOURCE);
    }
}
