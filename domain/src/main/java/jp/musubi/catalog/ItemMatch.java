package jp.musubi.catalog;

import java.util.List;

/** What the catalogue makes of a name somebody wrote. */
public sealed interface ItemMatch {

    /** The text names exactly this item. */
    record Matched(Item item) implements ItemMatch {}

    /** The text names several items, at least two; somebody has to say which. */
    record Ambiguous(List<Item> candidates) implements ItemMatch {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** The text names no item; the nearest ones first, possibly none. */
    record Unknown(List<Item> nearest) implements ItemMatch {
        public Unknown {
            nearest = List.copyOf(nearest);
        }
    }
}
