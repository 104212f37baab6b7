package jp.musubi.volunteer.store;

import java.util.List;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.WorkPlace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where work can be: places by their number, and what is known of them. */
@Component
public class WorkPlaces {

    private final JdbcClient jdbc;

    WorkPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The places of a response. */
    public ShiftRows.Places of(ResponseId response) {
        return new ShiftRows.Places() {
            @Override
            public List<WorkPlace> findCommunities(String externalId) {
                return find("SELECT id FROM community WHERE response_id = ? AND external_id = ?", externalId).stream()
                        .<WorkPlace>map(id -> new WorkPlace.AtCommunity(new CommunityId(id)))
                        .toList();
            }

            @Override
            public List<WorkPlace> findHubs(String externalId) {
                return find("SELECT id FROM hub WHERE response_id = ? AND external_id = ?", externalId).stream()
                        .<WorkPlace>map(id -> new WorkPlace.AtHub(new HubId(id)))
                        .toList();
            }

            private List<Long> find(String sql, String externalId) {
                return jdbc.sql(sql)
                        .params(response.value(), externalId)
                        .query(Long.class)
                        .list();
            }
        };
    }

    public String municipality(WorkPlace place) {
        return read("municipality_code", place);
    }

    /** As the sender of its list numbers it. */
    public String number(WorkPlace place) {
        return read("external_id", place);
    }

    private String read(String column, WorkPlace place) {
        boolean community = place instanceof WorkPlace.AtCommunity;
        long id = place instanceof WorkPlace.AtCommunity at
                ? at.community().value()
                : ((WorkPlace.AtHub) place).hub().value();
        return jdbc.sql("SELECT " + column + " FROM " + (community ? "community" : "hub") + " WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}
