package jp.musubi.matching.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.store.PlanListing.Name;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where the people are that plans serve. */
@Repository
@Transactional(readOnly = true)
public class PlanPlaces {

    private final JdbcClient jdbc;

    PlanPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who lives where now, of communities whose people somebody has counted. */
    public Map<CommunityKey, Sharing.People> listPeople(ResponseId response) {
        Map<CommunityKey, Sharing.People> people = new HashMap<>();
        jdbc.sql("SELECT id, people, municipality_code FROM community WHERE response_id = ? AND people IS NOT NULL")
                .param(response.value())
                .query(row -> {
                    people.put(
                            new CommunityKey(row.getString("id")),
                            new Sharing.People(row.getLong("people"), row.getString("municipality_code")));
                });
        return people;
    }

    /**
     * A community as people call it.
     *
     * @param derived whether it is made up or worked out
     */
    public record Community(String name, Name municipality, boolean derived) {}

    public Map<CommunityKey, Community> listCommunities(Collection<CommunityKey> keys) {
        Map<CommunityKey, Community> communities = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("""
                            SELECT id, name, derived, municipality_ja, municipality_en FROM community_place
                             WHERE id IN (:ids)""")
                    .param(
                            "ids",
                            keys.stream().map(key -> Long.valueOf(key.value())).toList())
                    .query(row -> {
                        communities.put(
                                new CommunityKey(row.getString("id")),
                                new Community(
                                        row.getString("name"),
                                        new Name(row.getString("municipality_ja"), row.getString("municipality_en")),
                                        row.getBoolean("derived")));
                    });
        }
        return communities;
    }
}
