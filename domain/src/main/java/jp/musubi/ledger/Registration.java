package jp.musubi.ledger;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;

/**
 * One donation line as it is given: an item, money or hours.
 *
 * @param named how its sender calls it; empty if it has no name of its own
 * @param from the line of the file it came in
 * @param derived made by the scenario's rule
 */
public record Registration(
        Optional<DonationLine> named,
        ItemId item,
        Substance substance,
        DonorId donor,
        Quantity quantity,
        LotTerms terms,
        Optional<FileLine> from,
        boolean derived) {

    public Registration {
        if (quantity.isZero() || quantity.baseUnits() > Quantity.LARGEST) {
            throw new IllegalArgumentException(
                    "A gift has 1 to " + Quantity.LARGEST + " base units, but had " + quantity.baseUnits() + ".");
        }
    }

    /** Where the gift enters: money the general fund, hours the pool, goods their hub if they lie there already. */
    public Account.Inside entersAt(Instant now) {
        return switch (substance) {
            case MONEY -> new Account.Fund(new FundId(0));
            case HOURS -> new Account.Activity(new ActivityId(0));
            case GOODS ->
                terms.hub()
                        .filter(hub -> terms.isInHubAt(now))
                        .<Account.Inside>map(Account.AtHub::new)
                        .orElseGet(Account.Announced::new);
        };
    }

    /** Whether a known line already says the same. Where it came from does not matter. */
    boolean saysTheSameAs(KnownLine known) {
        return isOfTheSame(known) && quantity.equals(known.declared());
    }

    /** Whether item, giver and terms are those of the known line's newest lot. */
    boolean isOfTheSame(KnownLine known) {
        return hasTheSameItemAndDonor(known) && terms.equals(known.newest().terms());
    }

    boolean hasTheSameItemAndDonor(KnownLine known) {
        return item.equals(known.newest().item()) && donor.equals(known.newest().donor());
    }
}
