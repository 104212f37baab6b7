package jp.musubi.ledger;

import jp.musubi.catalog.ItemGroup;

/** What a lot consists of; decides which accounts it can be in. */
public enum Substance {
    GOODS,
    /** In yen. */
    MONEY,
    /** In minutes. */
    HOURS;

    public static Substance of(ItemGroup group) {
        return switch (group) {
            case MONEY -> MONEY;
            case HOURS -> HOURS;
            default -> GOODS;
        };
    }
}
