package jp.musubi.need.store;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.need.NeedRows;
import jp.musubi.need.ReportedNeed;
import jp.musubi.place.CommunityId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files of needs. */
@Component
class NeedsKind implements ImportKind<ReportedNeed> {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final JdbcNeeds needs;

    NeedsKind(JdbcClient jdbc, Catalogue catalogue, JdbcNeeds needs) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.needs = needs;
    }

    @Override
    public String name() {
        return "needs";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("要請・聞き取り", "Requests and assessments");
    }

    @Override
    public List<Column> columns() {
        return NeedRows.COLUMNS;
    }

    @Override
    public Optional<String> externalId(Row row) {
        return NeedRows.externalId(row);
    }

    @Override
    public RowInterpreter<ReportedNeed> interpreter(ImportContext context) {
        return new Reading(context);
    }

    @Override
    public RowStore<ReportedNeed> store() {
        return needs;
    }

    /** Looks up the communities of a chunk in one query. */
    private final class Reading implements RowInterpreter<ReportedNeed> {

        private final ImportContext context;
        private ItemCatalogue items = catalogue.current();
        private Map<String, List<CommunityId>> communities = Map.of();

        private record Known(String externalId, String source, CommunityId id) {}

        Reading(ImportContext context) {
            this.context = context;
        }

        @Override
        public void preheat(List<Row> chunk) {
            items = catalogue.current();
            Set<String> ids = chunk.stream()
                    .flatMap(row -> row.text("community_id").stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (ids.isEmpty()) {
                communities = Map.of();
                return;
            }
            Map<String, List<Known>> known = jdbc
                    .sql("""
                            SELECT external_id, source, id FROM community
                            WHERE response_id = :response AND external_id IN (:ids) ORDER BY id""")
                    .param("response", context.responseId().value())
                    .param("ids", ids)
                    .query((row, n) -> new Known(row.getString(1), row.getString(2), new CommunityId(row.getLong(3))))
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(Known::externalId));
            Map<String, List<CommunityId>> found = new HashMap<>();
            known.forEach((id, candidates) -> {
                // The sender's own list comes first; the same number in another list may be another place.
                List<CommunityId> own = candidates.stream()
                        .filter(candidate -> candidate.source().equals(context.source()))
                        .map(Known::id)
                        .toList();
                found.put(id, own.isEmpty() ? candidates.stream().map(Known::id).toList() : own);
            });
            communities = found;
        }

        @Override
        public Interpretation<ReportedNeed> interpret(Row row) {
            return NeedRows.interpret(row, items, id -> communities.getOrDefault(id, List.of()));
        }
    }
}
