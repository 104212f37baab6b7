package jp.musubi.ledger;

import java.util.List;
import jp.musubi.common.Quantity;

/**
 * A donation line as the ledger has it.
 *
 * @param newest the lot of the latest revision
 * @param lots all its lots, the newest included
 * @param declared what the line says it holds: all that donors gave, less what was corrected away
 */
public record KnownLine(Lot newest, List<LotId> lots, Quantity declared) {

    public KnownLine {
        lots = List.copyOf(lots);
    }
}
