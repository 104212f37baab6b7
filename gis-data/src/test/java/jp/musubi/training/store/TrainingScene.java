package jp.musubi.training.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.Response;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends rows of files about training through their kinds, as the import job does. */
@TestComponent
public class TrainingScene {

    public static final List<String> COHORTS =
            List.of("受講期番号", "講座番号", "講座名", "分野", "委託元の市町村", "事業の枠組み", "開始日", "終了日", "めざす資格");
    public static final List<String> SESSIONS = List.of("受講期番号", "授業日", "時間数");
    public static final List<String> TRAINEES =
            List.of("受講者番号", "受講期番号", "氏名", "電話", "応募日", "選考日", "入校日", "修了日", "離れた日", "離れた理由");
    public static final List<String> ATTENDANCE = List.of("受講者番号", "授業日", "出欠", "記入日時");
    public static final List<String> CERTIFICATES = List.of("証書番号", "受講者番号", "資格", "交付日", "取消");
    public static final List<String> FOLLOW_UPS = List.of("受講者番号", "回答日", "現在の状況");

    private static long feed = 3_000_000;

    private final Map<String, ImportKind<?>> kinds;
    private final TransactionTemplate transaction;

    TrainingScene(Map<String, ImportKind<?>> kinds, TransactionTemplate transaction) {
        this.kinds = kinds;
        this.transaction = transaction;
    }

    /** A file of one kind. */
    public record Sent(Response response, Instant receivedAt, Optional<PersonId> by) {

        public Sent(Response response, Instant receivedAt) {
            this(response, receivedAt, Optional.empty());
        }
    }

    /** The cells of one row. */
    public record Line(List<String> cells) {}

    public static Line row(String... cells) {
        return new Line(List.of(cells));
    }

    /** What was applied, and the codes of what was wrong. */
    public record Result(RowStore.Applied applied, List<String> problems) {}

    public Result take(Sent sent, String kind, List<String> header, Line... rows) {
        return takeAll(sent, get(kind), header, List.of(rows));
    }

    private ImportKind<?> get(String kind) {
        return kinds.values().stream()
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private <T> Result takeAll(Sent sent, ImportKind<T> kind, List<String> header, List<Line> lines) {
        ImportContext context = new ImportContext(
                new FeedId(++feed), sent.response(), "main", sent.by(), sent.receivedAt(), sent.receivedAt());
        List<Row> rows = new ArrayList<>();
        for (Line line : lines) {
            rows.add(new Row(
                    rows.size() + 2L,
                    Optional.empty(),
                    new ColumnMatcher(kind.columns()).match(header),
                    new ArrayList<>(line.cells())));
        }
        RowInterpreter<T> interpreter = kind.interpreter(context);
        interpreter.preheat(rows);
        List<ImportedRow<T>> good = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Row row : rows) {
            Interpretation<T> read = interpreter.interpret(row);
            read.listProblems().forEach(problem -> problems.add(problem.code()));
            if (read instanceof Interpretation.Accepted<T> accepted) {
                good.add(new ImportedRow<>(kind.externalId(row).orElseThrow(), row, accepted.value()));
            }
        }
        RowStore.Applied applied = Objects.requireNonNull(
                transaction.execute(status -> kind.store().apply(context, good)));
        applied.refused().forEach(refused -> refused.problems().forEach(problem -> problems.add(problem.code())));
        return new Result(applied, problems);
    }

    /** A cohort of Tome with four days of class and two trainees. */
    public void openTome(Sent sent) {
        take(
                sent,
                "cohorts",
                COHORTS,
                row(
                        "TOME-1",
                        "TOME",
                        "介護講座",
                        "介護・高齢者福祉",
                        "宮城県登米市",
                        "emergency-employment",
                        "2011-10-03",
                        "2012-03-30",
                        "ヘルパー2級"));
        take(
                sent,
                "sessions",
                SESSIONS,
                row("TOME-1", "2011-10-03", "6"),
                row("TOME-1", "2011-10-04", "6"),
                row("TOME-1", "2011/10/5", "3.5"),
                row("TOME-1", "2011-10-06", "6"));
        take(
                sent,
                "trainees",
                TRAINEES,
                row("T-1", "TOME-1", "試験 花子", "090-1111-2222", "2011-09-05", "2011-09-15", "2011-09-20", "", "", ""),
                row("T-2", "TOME-1", "試験 太郎", "", "2011-09-06", "2011-09-15", "2011-09-20", "", "", ""));
    }
}
