package jp.musubi.place;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.musubi.response.ResponseId;

/** Port: what lies in the hubs. Answered by whoever keeps the stock; without it nobody knows. */
public interface HubStocks {

    /**
     * What lies in one hub.
     *
     * @param lots how many lots are on hand
     * @param idle how many of them are not wholly promised
     * @param idleSince since when the oldest of these has been there, by the response's clock
     */
    record HubStock(int lots, int idle, Optional<Instant> idleSince) {}

    /** By hub; one that is missing holds nothing. */
    Map<HubId, HubStock> listStocks(ResponseId response);
}
