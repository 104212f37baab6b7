package jp.musubi.need;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: requests and assessments one by one, as people report and withdraw them. Files come in through the inbox. */
public interface Needs {

    /**
     * Stores a new request or assessment with its history.
     *
     * @param now the response's own time, for a need that does not say when it was reported
     * @param key of the intention, at most 100 characters: the same report under the same key is stored once, however
     *     often it is sent
     */
    NeedId report(ResponseId response, ReportedNeed need, Instant now, Optional<PersonId> actor, String key);

    Optional<Need> findById(ResponseId response, NeedId id);

    /**
     * Takes a need back; it stays in the history.
     *
     * @return false if there is no such need or it was withdrawn before
     */
    boolean withdraw(ResponseId response, NeedId id, Instant now, Optional<PersonId> actor, String reason);
}
