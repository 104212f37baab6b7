package jp.musubi.volunteer.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.WorkPlace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files of shifts. */
@Component
class ShiftsKind implements ImportKind<ShiftRow> {

    private final JdbcClient jdbc;
    private final JdbcShifts shifts;

    ShiftsKind(JdbcClient jdbc, JdbcShifts shifts) {
        this.jdbc = jdbc;
        this.shifts = shifts;
    }

    @Override
    public String name() {
        return "shifts";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("ボランティアのシフト", "Volunteers' shifts");
    }

    @Override
    public List<Column> columns() {
        return ShiftRows.COLUMNS;
    }

    @Override
    public Optional<String> externalId(Row row) {
        return ShiftRows.externalId(row);
    }

    @Override
    public RowInterpreter<ShiftRow> interpreter(ImportContext context) {
        return new Reading(context);
    }

    @Override
    public RowStore<ShiftRow> store() {
        return shifts;
    }

    /** Looks up the places of a chunk, one query for communities and one for hubs. */
    private final class Reading implements RowInterpreter<ShiftRow>, ShiftRows.Places {

        private final ImportContext context;
        private Map<String, List<WorkPlace>> communities = Map.of();
        private Map<String, List<WorkPlace>> hubs = Map.of();

        Reading(ImportContext context) {
            this.context = context;
        }

        @Override
        public void preheat(List<Row> chunk) {
            communities =
                    find("community", ids(chunk, "community_id"), id -> new WorkPlace.AtCommunity(new CommunityId(id)));
            hubs = find("hub", ids(chunk, "hub_id"), id -> new WorkPlace.AtHub(new HubId(id)));
        }

        private static Set<String> ids(List<Row> chunk, String column) {
            return chunk.stream()
                    .flatMap(row -> row.text(column).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private record Found(String externalId, String source, long id) {}

        /** The sender's own list comes first; the same number in another list may be another place. */
        private Map<String, List<WorkPlace>> find(String table, Set<String> ids, LongFunction<WorkPlace> place) {
            Map<String, List<WorkPlace>> found = new HashMap<>();
            if (ids.isEmpty()) {
                return found;
            }
            Map<String, List<Found>> all = jdbc
                    .sql("SELECT external_id, source, id FROM " + table
                            + " WHERE response_id = :response AND external_id IN (:ids) ORDER BY id")
                    .param("response", context.responseId().value())
                    .param("ids", ids)
                    .query((row, n) -> new Found(row.getString(1), row.getString(2), row.getLong(3)))
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(Found::externalId));
            all.forEach((externalId, candidates) -> {
                List<Found> own = candidates.stream()
                        .filter(each -> each.source().equals(context.source()))
                        .toList();
                List<WorkPlace> places = new ArrayList<>();
                (own.isEmpty() ? candidates : own).forEach(each -> places.add(place.apply(each.id())));
                found.put(externalId, places);
            });
            return found;
        }

        @Override
        public Interpretation<ShiftRow> interpret(Row row) {
            return ShiftRows.interpret(row, this);
        }

        @Override
        public List<WorkPlace> findCommunities(String externalId) {
            return communities.getOrDefault(externalId, List.of());
        }

        @Override
        public List<WorkPlace> findHubs(String externalId) {
            return hubs.getOrDefault(externalId, List.of());
        }
    }
}
