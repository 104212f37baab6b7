package jp.musubi.ledger;

import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.response.ResponseId;

/**
 * One donation line, or what was made of several. Lots split over accounts and never merge. How much there is, and where,
 * is in the balances.
 *
 * @param line the first lot of the donation line; the lot itself if it is the first
 * @param revision 1, 2, … within the line
 * @param posting the posting that made it
 * @param named how the sender calls the line; empty for what was made of other lots
 * @param donor {@link DonorId#UNNAMED} if nobody said; also for what was made of other lots
 * @param from the line of a file it came from
 * @param derived made by the scenario's rule and not reported by anybody
 */
public record Lot(
        LotId id,
        LotId line,
        int revision,
        ResponseId response,
        PostingId posting,
        Optional<DonationLine> named,
        ItemId item,
        Substance substance,
        DonorId donor,
        LotTerms terms,
        Optional<FileLine> from,
        boolean derived) {

    public Lot {
        if (revision < 1 || (revision == 1) != line.equals(id)) {
            throw new IllegalArgumentException("Lot " + id.value() + " has revision " + revision + " of line "
                    + line.value() + "; only the first lot of a line names itself.");
        }
    }
}
