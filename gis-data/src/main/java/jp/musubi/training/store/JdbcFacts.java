package jp.musubi.training.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.musubi.common.store.BulkRows;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.ResponseId;
import jp.musubi.training.FactEntry;
import jp.musubi.training.FactKind;
import jp.musubi.training.FactRow;
import jp.musubi.training.Said;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.WordTable.Kept;
import jp.musubi.training.store.WordTable.Word;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of trainees beside their marks. */
@Component
class JdbcFacts implements RowStore<FactRow> {

    static final String COLUMNS = "kind, fact_key, happened_on, code, note, retracted";

    private static final int IDS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final BulkRows bulk;

    JdbcFacts(JdbcClient jdbc, BulkRows bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /** Which fact of whom. */
    record About(TraineeId trainee, String key) {}

    /** A word about a trainee. */
    record Told(TraineeId trainee, FactEntry entry, Said said, boolean dated) {}

    /** Keeps what is new of many words. What became of each, in their order. */
    List<Words.Outcome> say(ResponseId response, List<Told> words) {
        List<Long> trainees = words.stream()
                .map(word -> word.trainee().value())
                .distinct()
                .sorted()
                .toList();
        WordTable.lock(jdbc, "trainee", trainees);
        WordTable<About, FactEntry> table = new WordTable<>(
                jdbc, bulk, "trainee_fact", "response_id, trainee_id, " + COLUMNS, (about, entry) -> new Object[] {
                    response.value(),
                    about.trainee().value(),
                    entry.kind().name(),
                    entry.key(),
                    Date.valueOf(entry.on()),
                    entry.code(),
                    entry.note(),
                    entry.retracted()
                });
        return table.say(
                known(trainees),
                words.stream()
                        .map(word -> new Word<>(
                                new About(word.trainee(), word.entry().key()), word.entry(), word.said(), word.dated()))
                        .toList());
    }

    private Map<About, List<Kept<FactEntry>>> known(List<Long> trainees) {
        Map<About, List<Kept<FactEntry>>> known = new HashMap<>();
        for (int from = 0; from < trainees.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT trainee_id, id, is_current, " + COLUMNS + ", " + Words.COLUMNS
                            + " FROM trainee_fact WHERE trainee_id IN (:ids)")
                    .param("ids", trainees.subList(from, Math.min(trainees.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        FactEntry entry = entry(row, 4);
                        known.computeIfAbsent(
                                        new About(new TraineeId(row.getLong(1)), entry.key()),
                                        about -> new ArrayList<>())
                                .add(new Kept<>(row.getLong(2), entry, Words.read(row, 10), row.getBoolean(3)));
                    });
        }
        return known;
    }

    /** From the columns above, the first of which is {@code from}. */
    static FactEntry entry(ResultSet row, int from) throws SQLException {
        return new FactEntry(
                FactKind.valueOf(row.getString(from)),
                row.getString(from + 1),
                row.getDate(from + 2).toLocalDate(),
                row.getString(from + 3),
                row.getString(from + 4),
                row.getBoolean(from + 5));
    }

    /** A certificate that a row gives to another person than before is taken back from that one. */
    @Override
    public Applied apply(ImportContext context, List<ImportedRow<FactRow>> rows) {
        List<Told> words = new ArrayList<>();
        Map<String, List<TraineeId>> holders = holders(context, rows);
        BitSet own = new BitSet();
        for (ImportedRow<FactRow> row : rows) {
            FactRow value = row.value();
            Said said = Words.of(context, value.saidAt(), row.line());
            for (TraineeId holder : holders.getOrDefault(value.entry().key(), List.of())) {
                if (!holder.equals(value.trainee())) {
                    words.add(new Told(
                            holder,
                            value.entry().takenBack(),
                            said,
                            value.saidAt().isPresent()));
                }
            }
            own.set(words.size());
            words.add(new Told(
                    value.trainee(), value.entry(), said, value.saidAt().isPresent()));
        }
        List<Words.Outcome> outcomes = say(context.responseId(), words);
        return Words.counted(IntStream.range(0, outcomes.size())
                .filter(own::get)
                .mapToObj(outcomes::get)
                .toList());
    }

    /** Who holds the certificates of these rows now, by this source's word. */
    private Map<String, List<TraineeId>> holders(ImportContext context, List<ImportedRow<FactRow>> rows) {
        List<String> keys = rows.stream()
                .map(row -> row.value().entry())
                .filter(entry -> entry.kind() == FactKind.CERTIFICATE)
                .map(FactEntry::key)
                .toList();
        Map<String, List<TraineeId>> holders = new HashMap<>();
        for (int from = 0; from < keys.size(); from += IDS_PER_QUERY) {
            jdbc.sql("""
                            SELECT fact_key, trainee_id FROM trainee_fact
                             WHERE response_id = :response AND fact_key IN (:keys) AND source = :source
                               AND is_current AND NOT retracted""")
                    .param("response", context.responseId().value())
                    .param("keys", keys.subList(from, Math.min(keys.size(), from + IDS_PER_QUERY)))
                    .param("source", context.source())
                    .query(row -> {
                        holders.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                                .add(new TraineeId(row.getLong(2)));
                    });
        }
        return holders;
    }

    Optional<FactEntry> findCurrent(TraineeId trainee, String key) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM trainee_fact WHERE trainee_id = ? AND fact_key = ? AND is_current AND NOT retracted")
                .params(trainee.value(), key)
                .query((row, n) -> entry(row, 1))
                .optional();
    }
}
