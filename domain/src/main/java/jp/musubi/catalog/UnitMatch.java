package jp.musubi.catalog;

import java.util.List;

/** What a unit that somebody wrote means for one item. */
public sealed interface UnitMatch {

    record Known(ItemUnit unit) implements UnitMatch {}

    /** Several of the item's units are written like that and they differ in size. */
    record Ambiguous(List<ItemUnit> candidates) implements UnitMatch {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** The item is not counted in that unit; these are the units it has. */
    record Unknown(List<ItemUnit> allowed) implements UnitMatch {
        public Unknown {
            allowed = List.copyOf(allowed);
        }
    }
}
