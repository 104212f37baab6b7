package jp.musubi.training.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.common.store.BulkRows;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.training.AttendanceRow;
import jp.musubi.training.Mark;
import jp.musubi.training.RegisterRow;
import jp.musubi.training.Said;
import jp.musubi.training.SessionId;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.WordTable.Kept;
import jp.musubi.training.store.WordTable.Word;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The marks of the registers. */
@Component
class JdbcMarks implements RowStore<RegisterRow> {

    private static final int IDS_PER_QUERY = 500;

    private final JdbcClient jdbc;
    private final BulkRows bulk;

    JdbcMarks(JdbcClient jdbc, BulkRows bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /** Who at which session. */
    record Seat(TraineeId trainee, SessionId session) {}

    /** What a word says; retracted = there is no mark after all. */
    record Entry(Mark mark, boolean retracted) {}

    /** A word about a seat. */
    record Told(Seat seat, Entry entry, Said said, boolean dated) {}

    /** Keeps what is new of many words. What became of each, in their order. */
    List<Words.Outcome> say(List<Told> words) {
        List<Long> trainees = words.stream()
                .map(word -> word.seat().trainee().value())
                .distinct()
                .sorted()
                .toList();
        WordTable.lock(jdbc, "trainee", trainees);
        WordTable<Seat, Entry> table = new WordTable<>(
                jdbc, bulk, "attendance", "trainee_id, session_id, mark, retracted", (seat, entry) -> new Object[] {
                    seat.trainee().value(), seat.session().value(), entry.mark().name(), entry.retracted()
                });
        return table.say(
                known(words),
                words.stream()
                        .map(word -> new Word<>(word.seat(), word.entry(), word.said(), word.dated()))
                        .toList());
    }

    /** What is kept about these seats. Whole sessions are read: files are registers, not single marks. */
    private Map<Seat, List<Kept<Entry>>> known(List<Told> words) {
        Map<Seat, List<Kept<Entry>>> known = new HashMap<>();
        List<Long> sessions = words.stream()
                .map(word -> word.seat().session().value())
                .distinct()
                .sorted()
                .toList();
        for (int from = 0; from < sessions.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT trainee_id, session_id, id, is_current, mark, retracted, " + Words.COLUMNS
                            + " FROM attendance WHERE session_id IN (:ids)")
                    .param("ids", sessions.subList(from, Math.min(sessions.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        known.computeIfAbsent(
                                        new Seat(new TraineeId(row.getLong(1)), new SessionId(row.getLong(2))),
                                        seat -> new ArrayList<>())
                                .add(new Kept<>(row.getLong(3), entry(row, 5), Words.read(row, 7), row.getBoolean(4)));
                    });
        }
        return known;
    }

    private static Entry entry(ResultSet row, int from) throws SQLException {
        return new Entry(Mark.valueOf(row.getString(from)), row.getBoolean(from + 1));
    }

    /** A line counts as corrected if any of its marks is, else as new if any of them is. */
    @Override
    public Applied apply(ImportContext context, List<ImportedRow<RegisterRow>> rows) {
        List<Told> words = new ArrayList<>();
        for (ImportedRow<RegisterRow> row : rows) {
            for (AttendanceRow mark : row.value().marks()) {
                words.add(new Told(
                        new Seat(mark.trainee(), mark.session()),
                        new Entry(mark.mark(), false),
                        Words.of(context, mark.saidAt(), row.line()),
                        mark.saidAt().isPresent()));
            }
        }
        Iterator<Words.Outcome> outcomes = say(words).iterator();
        List<Words.Outcome> ofRows = new ArrayList<>();
        for (ImportedRow<RegisterRow> row : rows) {
            Set<Words.Outcome> seen = EnumSet.noneOf(Words.Outcome.class);
            row.value().marks().forEach(mark -> seen.add(outcomes.next()));
            ofRows.add(
                    seen.contains(Words.Outcome.CORRECTED)
                            ? Words.Outcome.CORRECTED
                            : seen.contains(Words.Outcome.NEW) ? Words.Outcome.NEW : Words.Outcome.SAME);
        }
        return Words.counted(ofRows);
    }
}
