package jp.musubi.need;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;

/** Port: who needs what, net of everything received, under way and reserved. */
public interface NeedBoard {

    /**
     * All open communities of the response, by id.
     *
     * @param now the response's own time
     */
    List<CommunityNeeds> listNeeds(ResponseId response, Instant now);

    /** One community; empty if it is not there or closed. */
    Optional<CommunityNeeds> findNeeds(ResponseId response, CommunityId community, Instant now);
}
