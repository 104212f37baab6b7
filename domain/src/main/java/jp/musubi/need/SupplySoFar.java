package jp.musubi.need;

import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;

/** Port: what communities have got and are going to get. The ledger answers it. */
public interface SupplySoFar {

    /** One item at one community. */
    record At(CommunityId community, ItemId item) {}

    /**
     * Everything received in good condition, under way and reserved; what is not in the map got nothing.
     *
     * @param community only this one, or all
     */
    Map<At, Supply> supplies(ResponseId response, Optional<CommunityId> community);
}
