package jp.musubi.ledger;

/** The life of a promise. Only an open one counts as reserved. */
public enum ReservationState {
    OPEN,
    SENT,
    CANCELLED,
    EXPIRED
}
