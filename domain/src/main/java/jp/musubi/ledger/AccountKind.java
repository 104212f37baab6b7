package jp.musubi.ledger;

/** The kinds of accounts. Inside accounts have balances; outside accounts are where things come from and end. */
public enum AccountKind {
    DONOR(false),
    SUPPLIER(false),
    PAYEE(false),
    CONSUMED(false),
    LOST(false),
    ANNOUNCED(true),
    HUB(true),
    INSPECTED(true),
    TRIP(true),
    COMMUNITY(true),
    FUND(true),
    PROJECT(true),
    ACTIVITY(true);

    private final boolean inside;

    AccountKind(boolean inside) {
        this.inside = inside;
    }

    public boolean isInside() {
        return inside;
    }
}
