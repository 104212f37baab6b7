package jp.musubi.catalog;

/**
 * Another item that may stand in: {@code substituteUnits} of it do for {@code itemUnits} of the item asked for.
 *
 * @param sureness nearly always assumed; the community may refuse it
 */
public record Substitute(ItemCode item, ItemCode substitute, long itemUnits, long substituteUnits, Sureness sureness) {

    public Substitute {
        if (item.equals(substitute)) {
            throw new IllegalArgumentException("Item " + item + " cannot stand in for itself.");
        }
        if (itemUnits < 1 || substituteUnits < 1) {
            throw new IllegalArgumentException("Substitute " + substitute + " of " + item + " needs positive units.");
        }
    }
}
