package jp.musubi.ledger;

import java.util.Optional;
import jp.musubi.catalog.Item;
import jp.musubi.common.Quantity;

/**
 * One good row of a list of gifts.
 *
 * @param donor the giver's name as written; personal data, kept apart from the ledger
 */
public record DonationRow(Item item, Quantity quantity, Optional<String> donor, LotTerms terms) {}
