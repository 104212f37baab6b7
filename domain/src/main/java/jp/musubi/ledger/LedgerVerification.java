package jp.musubi.ledger;

/** Port: reads the whole ledger again and compares everything with everything. */
public interface LedgerVerification {

    /**
     * Recomputes every digest, Merkle root and block, compares them with the heads kept outside the database, and rebuilds
     * every balance from postings and reservations. Changes nothing. Names the row that was changed, deleted or inserted.
     */
    LedgerReport verify();
}
