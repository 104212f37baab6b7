package jp.musubi.ledger;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;

/**
 * Goods that travel together to one community.
 *
 * @param sentAt by the response's clock
 * @param expectedAt when they should arrive
 */
public record Consignment(
        ConsignmentId id, ResponseId response, CommunityId community, Instant sentAt, Optional<Instant> expectedAt) {}
