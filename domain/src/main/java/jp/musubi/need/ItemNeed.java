package jp.musubi.need;

import java.util.Optional;
import jp.musubi.catalog.ItemId;

/**
 * What one community needs of one item, seen at one moment.
 *
 * @param estimate what the rate says, also where a request or an assessment counts instead; empty if the item has no
 *     rate
 */
public record ItemNeed(ItemId item, NetNeed net, Optional<EstimateOutcome> estimate) {}
