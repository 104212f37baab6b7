package jp.musubi.need;

import jp.musubi.catalog.ItemId;
import jp.musubi.place.CommunityId;

/** Names one line of demand, the same from one computation to the next. */
public sealed interface NeedRef {

    /** For files, plans and URLs, e.g. {@code request-17}. */
    String key();

    record Stored(NeedKind kind, NeedId id) implements NeedRef {
        @Override
        public String key() {
            return (kind == NeedKind.REQUEST ? "request-" : "assessment-") + id.value();
        }
    }

    /** An estimate is not stored: it is the community and the item it is about. */
    record Estimate(CommunityId community, ItemId item) implements NeedRef {
        @Override
        public String key() {
            return "estimate-" + community.value() + "-" + item.value();
        }
    }
}
