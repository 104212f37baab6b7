package jp.musubi.ledger;

import java.util.List;

/** What became of one line of a list of gifts. */
public sealed interface LineOutcome {

    record Created(LotId lot) implements LineOutcome {}

    /** The ledger already said the same. */
    record Unchanged(LotId lot) implements LineOutcome {}

    /**
     * @param lot the lot that now holds what is free of the line
     */
    record Corrected(LotId lot, PostingId posting, KnownLine before) implements LineOutcome {}

    record Refused(List<Rejection> reasons) implements LineOutcome {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
