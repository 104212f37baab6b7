package jp.musubi.ledger;

/** Why units moved. */
public enum Cause {
    /** A gift was promised. */
    ANNOUNCED,
    /** A gift came in. */
    REGISTERED,
    /** An announced gift reached a hub. */
    ARRIVED,
    /** Goods were opened and found good, or put back. */
    INSPECTED,
    SENT,
    RECEIVED,
    CONSUMED,
    WRITTEN_OFF,
    /** Lots were consumed and new ones made: purchase, kit, repack. */
    CONVERTED,
    /** Money or hours went to a project, an activity or a payee. */
    ASSIGNED,
    /** A line of a list was corrected by its sender. */
    LINE_CORRECTED,
    /** A former posting was taken back. */
    REVERSED
}
