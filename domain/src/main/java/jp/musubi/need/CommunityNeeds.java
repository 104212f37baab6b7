package jp.musubi.need;

import java.util.List;
import jp.musubi.place.CommunityId;

/**
 * Everything one community needs, seen at one moment.
 *
 * @param lastWord how old the last word is: headcount, request or assessment
 * @param items those with demand or supply, in the order of item ids
 */
public record CommunityNeeds(CommunityId community, Headcount headcount, Freshness lastWord, List<ItemNeed> items) {

    public CommunityNeeds {
        items = List.copyOf(items);
    }

    /** Nobody has said how many people there are, so that nothing can be estimated. */
    public boolean headcountUnknown() {
        return headcount.people().isEmpty();
    }
}
