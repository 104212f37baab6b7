package jp.musubi.place.paper;

import java.util.Map;
import java.util.Objects;
import jp.musubi.need.Freshness.AgeClass;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.geo.Situation;

/**
 * The situation at one moment, in one language.
 *
 * @param map what the map shows
 * @param details what its list says besides
 * @param municipalities full names by code
 */
record SituationNow(Situation map, Map<CommunityId, Detail> details, Map<String, String> municipalities) {

    SituationNow {
        details = Map.copyOf(details);
        municipalities = Map.copyOf(municipalities);
    }

    /**
     * @param lacks the items that lack most, as people read them; empty if nothing lacks
     */
    record Detail(CommunityKind kind, String lacks, AgeClass lastWord) {}

    Detail detail(CommunityId community) {
        return Objects.requireNonNull(details.get(community), () -> "No detail of " + community);
    }

    String municipality(String code) {
        return municipalities.getOrDefault(code, code);
    }
}
