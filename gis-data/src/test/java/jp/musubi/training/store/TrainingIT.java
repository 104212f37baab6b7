package jp.musubi.training.store;

import static jp.musubi.training.store.TrainingScene.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.RowStore.Applied;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.training.FactKind;
import jp.musubi.training.Mark;
import jp.musubi.training.Stage;
import jp.musubi.training.StageReading;
import jp.musubi.training.StageRule;
import jp.musubi.training.TraineeHistory;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.TrainingScene.Sent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
@Import(TrainingScene.class)
class TrainingIT {

    private static final Instant NOW = Instant.parse("2013-06-01T00:00:00Z");
    private static long number;

    private final TrainingScene scene;
    private final CohortBoard board;
    private final Histories histories;
    private final SealedTrainees people;
    private final TrainingReference reference;
    private final Responses responses;
    private final ChangeLog changes;
    private final JdbcClient jdbc;
    private Response response = TestResponse.at(NOW, "training-it");
    private Sent sent = new Sent(response, NOW);

    TrainingIT(
            TrainingScene scene,
            CohortBoard board,
            Histories histories,
            SealedTrainees people,
            TrainingReference reference,
            Responses responses,
            ChangeLog changes,
            JdbcClient jdbc) {
        this.scene = scene;
        this.board = board;
        this.histories = histories;
        this.people = people;
        this.reference = reference;
        this.responses = responses;
        this.changes = changes;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void openTome() {
        response = responses.open(TestResponse.at(NOW, "training-it-" + ++number));
        sent = new Sent(response, NOW);
        scene.openTome(sent);
    }

    @Test
    void knowsTheSchemesAndSaysWhatIsToBeConfirmed() {
        assertThat(reference.getScheme("job-seeker-support")).satisfies(scheme -> {
            assertThat(scheme.attendance().minimumPercent()).hasValue(80);
            assertThat(scheme.places().most()).isEqualTo(30);
            assertThat(scheme.stipend().sureness().label(Locale.ENGLISH)).isEqualTo("to be confirmed");
        });
        assertThat(reference
                        .competencies()
                        .findSuccessor(
                                reference.competencies().find("ホームヘルパー2級").orElseThrow()))
                .hasValueSatisfying(next -> assertThat(next.code()).isEqualTo("care-introductory"));
    }

    @Test
    void takesTraineesOnceAndCorrectsWhatChanged() {
        TrainingScene.Line row = row("T-9", "TOME-1", "試験 三郎", "090-3333-4444", "2011-09-05", "", "", "", "", "");
        assertThat(take("trainees", TrainingScene.TRAINEES, row)).isEqualTo(Applied.of(1, 0, 0));
        assertThat(take("trainees", TrainingScene.TRAINEES, row)).isEqualTo(Applied.of(0, 1, 0));
        assertThat(take(
                        "trainees",
                        TrainingScene.TRAINEES,
                        row("T-9", "TOME-1", "試験 三郎", "", "2011-09-06", "2011-09-15", "", "", "", "")))
                .isEqualTo(Applied.of(0, 0, 1));

        TraineeId id = idOf("T-9");
        assertThat(people.findPerson(id).orElseThrow().phone()).isEmpty();
        assertThat(histories.history(id).facts()).hasSize(3);
        assertThat(histories.history(id).known().facts())
                .extracting(fact -> fact.on().toString())
                .containsExactly("2011-09-06", "2011-09-15");
        assertThat(changes.listChanges("trainee", id.value())).singleElement().satisfies(change -> {
            assertThat(change.afterJson().orElseThrow()).doesNotContain("試験").doesNotContain("090");
        });
    }

    @Test
    void keepsPersonalDataSealedAndWhatNeedsCareApart() {
        scene.take(
                sent,
                "trainees",
                List.of("受講者番号", "受講期番号", "氏名", "健康上の配慮", "同意した目的", "同意日"),
                row("T-8", "TOME-1", "試験 八重", "腰痛", "training; sensitive", "2011-09-20"));

        TraineeId id = idOf("T-8");
        assertThat(jdbc.sql("SELECT sealed FROM trainee_person WHERE trainee_id = ?")
                        .param(id.value())
                        .query(String.class)
                        .single())
                .doesNotContain("八重");
        assertThat(jdbc.sql("SELECT sealed FROM trainee_sensitive WHERE trainee_id = ?")
                        .param(id.value())
                        .query(String.class)
                        .single())
                .doesNotContain("腰痛");
        assertThat(people.findSensitive(id).health()).contains("腰痛");
        assertThat(histories.history(id).known().facts())
                .filteredOn(fact -> fact.kind() == FactKind.CONSENT)
                .extracting(fact -> fact.code())
                .containsExactlyInAnyOrder("training", "sensitive");
    }

    @Test
    void saysEverythingThatIsWrongWithARow() {
        assertThat(scene.take(
                                sent,
                                "trainees",
                                List.of("受講者番号", "受講期番号", "氏名", "応募日", "入校日", "離れた日", "健康上の配慮"),
                                row("T-7", "TOMI-1", "", "2011-09-20", "2011-09-05", "2099-01-01", "腰痛"))
                        .problems())
                .containsExactlyInAnyOrder(
                        "not-known",
                        "missing",
                        "before-the-step-before",
                        "in-the-future",
                        "half-exit",
                        "sensitive-without-consent");
        assertThat(scene.take(
                                sent,
                                "attendance",
                                TrainingScene.ATTENDANCE,
                                row("T-1", "2011-10-07", "?", ""),
                                row("T-99", "2011-10-03", "○", ""))
                        .problems())
                .containsExactlyInAnyOrder("no-session", "unknown-mark", "not-known");
        assertThat(scene.take(
                                sent,
                                "certificates",
                                TrainingScene.CERTIFICATES,
                                row("1", "T-1", "ヘルパー2級", "2013-04-01", ""),
                                row("2", "T-1", "初任者研修", "2013-03-31", ""),
                                row("3", "T-1", "調理師", "2013-03-31", ""))
                        .problems())
                .containsExactly("competency-of-another-time", "competency-of-another-time", "unknown-competency");
        assertThat(scene.take(
                                sent,
                                "cohorts",
                                TrainingScene.COHORTS,
                                row("X", "X", "講座", "空飛ぶ", "登米死", "fund-training", "2011-10-03", "2011-10-01", "調理師"))
                        .problems())
                .containsExactlyInAnyOrder(
                        "unknown-word",
                        "unknown-municipality",
                        "scheme-of-another-time",
                        "ends-before-it-begins",
                        "unknown-competency");
        assertThat(scene.take(sent, "sessions", TrainingScene.SESSIONS, row("TOME-1", "2012-04-01", "6"))
                        .problems())
                .containsExactly("outside-the-course");
    }

    @Test
    void comesToTheSameRegisterUnderRepeatsAndInAnyOrder() {
        TrainingScene.Line first = row("T-1", "2011-10-03", "○", "2011-10-03T17:00:00+09:00");
        TrainingScene.Line second = row("T-1", "2011-10-03", "×", "2011-10-04T09:00:00+09:00");
        TrainingScene.Line third = row("T-1", "2011-10-03", "遅", "2011-10-05T09:00:00+09:00");

        assertThat(take("attendance", TrainingScene.ATTENDANCE, third)).isEqualTo(Applied.of(1, 0, 0));
        assertThat(take("attendance", TrainingScene.ATTENDANCE, first)).isEqualTo(Applied.of(0, 1, 0));
        assertThat(take("attendance", TrainingScene.ATTENDANCE, second)).isEqualTo(Applied.of(0, 1, 0));
        for (TrainingScene.Line again : List.of(first, second, third)) {
            assertThat(take("attendance", TrainingScene.ATTENDANCE, again)).isEqualTo(Applied.of(0, 1, 0));
        }

        TraineeHistory history = histories.history(idOf("T-1"));
        assertThat(history.marks()).hasSize(3);
        assertThat(history.known().marks()).singleElement().satisfies(word -> {
            assertThat(word.mark()).isEqualTo(Mark.LATE);
            assertThat(word.said().feed()).isPresent();
        });
        // Without a time of its own a row counts as said when it came; the same again says nothing new.
        assertThat(take("attendance", TrainingScene.ATTENDANCE, row("T-1", "2011-10-03", "△", "")))
                .isEqualTo(Applied.of(0, 0, 1));
        assertThat(take("attendance", TrainingScene.ATTENDANCE, row("T-1", "2011-10-03", "△", "")))
                .isEqualTo(Applied.of(0, 1, 0));
        assertThat(histories.history(idOf("T-1")).marks()).hasSize(4);
    }

    @Test
    void derivesStagesForAnyDayAndByWhatWasKnownThen() {
        take("attendance", TrainingScene.ATTENDANCE, row("T-1", "2011-10-04", "○", ""));
        take("certificates", TrainingScene.CERTIFICATES, row("1", "T-1", "helper-2", "2012-03-30", ""));
        Instant later = NOW.plusSeconds(86_400);
        Sent tomorrow = new Sent(response, later);
        scene.take(
                tomorrow,
                "trainees",
                TrainingScene.TRAINEES,
                row("T-2", "TOME-1", "試験 太郎", "", "", "", "", "", "2011-12-01", "辞退・中途退校"));
        scene.take(tomorrow, "follow-ups", TrainingScene.FOLLOW_UPS, row("T-1", "2012-09-30", "他で働いている"));

        assertThat(stageOf("T-1", "2011-10-03", Optional.empty()).stage()).isEqualTo(Stage.ENROLLED);
        assertThat(stageOf("T-1", "2011-10-04", Optional.empty()).stage()).isEqualTo(Stage.IN_TRAINING);
        assertThat(stageOf("T-1", "2012-03-30", Optional.empty()).rule())
                .isEqualTo(StageRule.CERTIFICATE_OF_THE_COURSE);
        assertThat(stageOf("T-1", "2013-01-01", Optional.empty()).stage()).isEqualTo(Stage.JOB_ELSEWHERE);
        assertThat(stageOf("T-1", "2013-01-01", Optional.of(NOW)).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(stageOf("T-1", "2013-01-01", Optional.of(NOW.minusSeconds(1)))
                        .stage())
                .isEqualTo(Stage.UNKNOWN);
        assertThat(stageOf("T-2", "2013-01-01", Optional.empty()).stage()).isEqualTo(Stage.WITHDREW);
        assertThat(stageOf("T-2", "2013-01-01", Optional.of(NOW)).stage()).isEqualTo(Stage.ENROLLED);

        CohortBoard.Line tome = board.listCohorts(response.id()).get(0);
        CohortBoard.Funnel funnel =
                Objects.requireNonNull(board.funnels(List.of(tome), LocalDate.of(2013, 1, 1), Optional.empty())
                        .get(tome.id()));
        assertThat(funnel.people()).isEqualTo(2);
        assertThat(funnel.reached(Stage.ENROLLED)).isEqualTo(2);
        assertThat(funnel.reached(Stage.COMPLETED)).isEqualTo(1);
        assertThat(funnel.left()).isEqualTo(Map.of(Stage.WITHDREW, 1, Stage.JOB_ELSEWHERE, 1));
        assertThat(board.newestDay(response.id())).contains(LocalDate.of(2012, 9, 30));
    }

    @Test
    void movesACertificateToWhomItReallyBelongs() {
        take("certificates", TrainingScene.CERTIFICATES, row("1", "T-1", "helper-2", "2012-03-30", ""));
        take("certificates", TrainingScene.CERTIFICATES, row("1", "T-2", "helper-2", "2012-03-30", ""));

        assertThat(certificatesOf("T-1")).isZero();
        assertThat(certificatesOf("T-2")).isEqualTo(1);
        assertThat(histories.history(idOf("T-1")).facts())
                .filteredOn(fact -> fact.kind() == FactKind.CERTIFICATE)
                .hasSize(2);
        take("certificates", TrainingScene.CERTIFICATES, row("1", "T-2", "helper-2", "2012-03-30", "はい"));
        assertThat(certificatesOf("T-2")).isZero();
    }

    @Test
    void correctsTimetablesWithHistoryAndLeavesTheSameAlone() {
        assertThat(take("sessions", TrainingScene.SESSIONS, row("TOME-1", "2011-10-05", "3.5")))
                .isEqualTo(Applied.of(0, 1, 0));
        assertThat(take("sessions", TrainingScene.SESSIONS, row("TOME-1", "2011-10-05", "6")))
                .isEqualTo(Applied.of(0, 0, 1));
        long session =
                jdbc.sql("""
                        SELECT s.id FROM course_session s JOIN cohort c ON c.id = s.cohort_id
                         WHERE c.response_id = ? AND s.minutes = 360 AND s.held_on = DATE '2011-10-05'""").param(response.id().value()).query(Long.class).single();
        assertThat(changes.listChanges("course-session", session))
                .singleElement()
                .satisfies(
                        change -> assertThat(change.beforeJson().orElseThrow()).contains("210"));
    }

    /** Two nodes read the same registers at once, each with other marks for the same people and days. */
    @Test
    void leavesOneMarkInForceWhenTwoNodesWriteAtOnce() throws Exception {
        List<Mark> marks = List.of(Mark.PRESENT, Mark.ABSENT, Mark.LATE, Mark.PARTIAL);
        ExecutorService nodes = Executors.newFixedThreadPool(marks.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int node = 0; node < marks.size(); node++) {
                String sign = marks.get(node).sign();
                Sent file = new Sent(response, NOW.plusSeconds(node));
                running.add(nodes.submit(() -> retried(() -> scene.take(
                        file,
                        "attendance",
                        TrainingScene.ATTENDANCE,
                        row("T-1", "2011-10-03", sign, ""),
                        row("T-2", "2011-10-03", sign, ""),
                        row("T-1", "2011-10-04", sign, "")))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            nodes.shutdown();
        }

        for (String number : List.of("T-1", "T-2")) {
            TraineeHistory history = histories.history(idOf(number));
            assertThat(history.known().marks())
                    .allSatisfy(word -> assertThat(word.mark())
                            .as("the word said last holds, whichever node came first")
                            .isEqualTo(Mark.PARTIAL));
        }
        assertThat(jdbc.sql("""
                                SELECT count(*) FROM attendance a JOIN trainee t ON t.id = a.trainee_id
                                 WHERE t.response_id = ? AND a.is_current""").param(response.id().value()).query(Long.class).single())
                .isEqualTo(3);
    }

    /** As the import job does when two got into each other's way. */
    private static void retried(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (ConcurrencyFailureException e) {
                if (attempt == 8) {
                    throw e;
                }
            }
        }
    }

    private long certificatesOf(String number) {
        return histories.history(idOf(number)).known().facts().stream()
                .filter(fact -> fact.kind() == FactKind.CERTIFICATE)
                .count();
    }

    private StageReading stageOf(String number, String day, Optional<Instant> knownOn) {
        TraineeId id = idOf(number);
        return Objects.requireNonNull(histories
                .stages(List.of(new Histories.Wanted(id, Optional.of("helper-2"))), LocalDate.parse(day), knownOn)
                .get(id));
    }

    private TraineeId idOf(String number) {
        return new TraineeId(jdbc.sql("SELECT id FROM trainee WHERE response_id = ? AND external_id = ?")
                .params(response.id().value(), number)
                .query(Long.class)
                .single());
    }

    private Applied take(String kind, List<String> header, TrainingScene.Line row) {
        TrainingScene.Result result = scene.take(sent, kind, header, row);
        assertThat(result.problems()).isEmpty();
        return result.applied();
    }
}
