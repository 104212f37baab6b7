package jp.musubi.ledger;

/** Somebody else changed what this deed had looked at before it could lock it. Doing it again in a new transaction helps. */
public final class LedgerConflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LedgerConflict(String message) {
        super(message);
    }
}
