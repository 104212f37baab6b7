package jp.musubi.need;

import java.time.Instant;
import java.util.List;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;

/** Port: what was sent to a community and what came of it, one by one. The ledger answers it. */
public interface Deliveries {

    /** What happened to goods on the way. */
    enum Step {
        SENT,
        /** Arrived in good condition. */
        RECEIVED,
        /** Arrived damaged, or did not arrive. */
        LOST,
        /** Refused, and taken back. */
        RETURNED
    }

    /**
     * @param at by the response's clock
     */
    record Delivery(Instant at, Step step, ItemId item, Quantity quantity) {}

    /** The newest first; what was entered and taken back is left out. */
    List<Delivery> listDeliveries(ResponseId response, CommunityId community, int most);
}
