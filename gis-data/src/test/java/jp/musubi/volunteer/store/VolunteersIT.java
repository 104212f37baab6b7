package jp.musubi.volunteer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterAudit;
import jp.musubi.volunteer.RosterDraft;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.RosterReasons;
import jp.musubi.volunteer.Rosters;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.Volunteers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class VolunteersIT {

    private static final Instant NOW = Instant.parse("2011-03-19T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2011, 3, 20);
    private static final List<String> PEOPLE =
            List.of("ボランティア番号", "氏名", "電話", "生年月日", "緯度", "経度", "移動できる距離", "技能・免許", "班・団体", "保護者の同意", "活動できる日");
    private static final List<String> SHIFTS =
            List.of("シフト番号", "活動名", "種類", "避難所番号", "日", "開始", "終了", "人数", "最少人数", "リスク");

    private final VolunteersKind volunteersKind;
    private final ShiftsKind shiftsKind;
    private final Volunteers volunteers;
    private final VolunteerListing listing;
    private final Rosters rosters;
    private final RosterBoard board;
    private final Responses responses;
    private final ChangeLog changes;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private Response response = TestResponse.at(NOW, "volunteers-it");

    private static long number;

    VolunteersIT(
            VolunteersKind volunteersKind,
            ShiftsKind shiftsKind,
            Volunteers volunteers,
            VolunteerListing listing,
            Rosters rosters,
            RosterBoard board,
            Responses responses,
            ChangeLog changes,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.volunteersKind = volunteersKind;
        this.shiftsKind = shiftsKind;
        this.volunteers = volunteers;
        this.listing = listing;
        this.rosters = rosters;
        this.board = board;
        this.responses = responses;
        this.changes = changes;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @BeforeEach
    void openResponse() {
        response = responses.open(TestResponse.at(NOW, "volunteers-it-" + ++number));
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point, point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '想定避難所', '03461',
                            ST_SetSRID(ST_MakePoint(141.9, 39.35), 4326), FALSE, '', ?, '', 0)""").params(response.id().value(), Timestamp.from(NOW)).update();
    }

    @Test
    void takesVolunteersOnceAndCorrectsWhatChanged() {
        List<String> row = person("V-1", "結 花子", "care:2@2012-03-31; 普通免許", "盛岡大学", "2011-03-20..2011-03-22");

        assertThat(take(volunteersKind, PEOPLE, row)).isEqualTo(RowStore.Applied.of(1, 0, 0));
        assertThat(take(volunteersKind, PEOPLE, row)).isEqualTo(RowStore.Applied.of(0, 1, 0));
        assertThat(take(volunteersKind, PEOPLE, person("V-1", "結 花子", "care", "", "2011-03-20 午前")))
                .isEqualTo(RowStore.Applied.of(0, 0, 1));

        long id = idOf("volunteer", "V-1");
        assertThat(volunteers.find(new VolunteerId(id)).orElseThrow().details()).satisfies(details -> {
            assertThat(details.skills()).extracting(held -> held.skill()).containsExactly(Skill.CARE);
            assertThat(details.team()).isEmpty();
            assertThat(details.availability().days()).containsOnlyKeys(DAY);
        });
        assertThat(changes.listChanges("volunteer", id)).singleElement().satisfies(change -> {
            assertThat(change.beforeJson().orElseThrow())
                    .contains("盛岡大学")
                    .doesNotContain("結")
                    .doesNotContain("090");
            assertThat(change.afterJson().orElseThrow()).doesNotContain("結");
        });
    }

    @Test
    void keepsPersonalDataSealed() {
        take(volunteersKind, PEOPLE, person("V-1", "結 花子", "", "", "2011-03-20"));

        String sealed = jdbc.sql("SELECT sealed FROM volunteer_person WHERE volunteer_id = ?")
                .param(idOf("volunteer", "V-1"))
                .query(String.class)
                .single();
        assertThat(sealed).doesNotContain("結").doesNotContain("090");
        assertThat(volunteers
                        .findPerson(new VolunteerId(idOf("volunteer", "V-1")))
                        .orElseThrow())
                .satisfies(person -> {
                    assertThat(person.name()).isEqualTo("結 花子");
                    assertThat(person.phone()).contains("090-0000-0000");
                    assertThat(person).hasToString("VolunteerPerson[…]");
                });
    }

    @Test
    void saysEverythingThatIsWrongWithAVolunteer() {
        assertThat(codes(volunteersKind, PEOPLE, person("V-1", "結 太郎", "フォークリフド", "", "2011-13-40")))
                .containsExactlyInAnyOrder("unknown-skill", "not-days");
        assertThat(interpret(volunteersKind, PEOPLE, person("V-1", "結 太郎", "フォークリフド", "", ""))
                        .listProblems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy().en()).contains("forklift"));
        assertThat(codes(
                        volunteersKind,
                        PEOPLE,
                        List.of("V-2", "結 次郎", "", "1995-01-01", "39.3", "", "40", "", "", "", "")))
                .containsExactlyInAnyOrder("half-position", "minor-without-consent");
        assertThat(codes(volunteersKind, PEOPLE, List.of("V-3", "結 三郎", "", "", "", "", "-5", "care:9", "", "", "")))
                .containsExactlyInAnyOrder("out-of-range", "not-skills");
    }

    @Test
    void saysEverythingThatIsWrongWithAShift() {
        assertThat(codes(shiftsKind, SHIFTS, shift("S-1", "C-9", "15:00", "09:00", "any=5", "9", "kaiju")))
                .containsExactlyInAnyOrder("unknown-place", "ends-before-it-begins", "more-than-seats", "unknown-risk");
        assertThat(codes(shiftsKind, SHIFTS, shift("S-1", "C-1", "9", "25:00", "flying=2", "1", "")))
                .containsExactlyInAnyOrder("not-a-time-of-day", "not-a-time-of-day", "unknown-skill");
        assertThat(codes(shiftsKind, SHIFTS, shift("S-1", "C-1", "09:00", "15:00", "any=9999999999", "1", "")))
                .containsExactly("not-seats");
    }

    @Test
    void makesAProblemOfWhatIsStoredAndKeepsItsRoster() {
        for (int i = 1; i <= 3; i++) {
            take(volunteersKind, PEOPLE, person("V-" + i, "結 " + i, "", "", "2011-03-20..2011-03-21"));
        }
        take(shiftsKind, SHIFTS, shift("S-1", "C-1", "09:00", "15:00", "any=2; care=1", "1", "dust"));

        RosterProblem problem = rosters.read(response.id(), DAY, DAY.plusDays(1));
        assertThat(problem.people()).hasSize(3).allSatisfy(person -> {
            assertThat(person.home()).isPresent();
            assertThat(person.radiusKm()).isEqualTo(40);
        });
        assertThat(problem.shifts()).singleElement().satisfies(shift -> {
            assertThat(shift.seats()).isEqualTo(3);
            assertThat(shift.risky()).isTrue();
            assertThat(shift.time().fromMinute()).isEqualTo(540);
        });
        ShiftId shift = problem.shifts().get(0).id();
        List<Seat> seats = List.of(new Seat(problem.people().get(0).id(), shift, 1));
        Rosters.Head head = keep(problem, seats);

        assertThat(head.number()).isEqualTo(1);
        assertThat(head.filled()).isEqualTo(1);
        assertThat(rosters.findNewest(response.id())).contains(head);
        RosterBoard.Shift shown =
                board.list(response.id(), DAY, DAY, Optional.empty(), false).get(0);
        assertThat(shown.filled()).isEqualTo(1);
        assertThat(shown.lines().get(0).placed().get(0).number()).isEqualTo("V-1");
        assertThat(shown.lines().get(0).placed().get(0).reason().orElseThrow().others())
                .isEqualTo(2);
        assertThat(shown.lines().get(1).cause().orElseThrow().toString()).contains("NobodyWithSkill");
        assertThat(board.days(response.id(), Optional.empty())).singleElement().satisfies(day -> {
            assertThat(day.seats()).isEqualTo(3);
            assertThat(day.filled()).isEqualTo(1);
        });

        // What was proposed gives way to the next roster.
        RosterProblem again = rosters.read(response.id(), DAY, DAY.plusDays(1));
        assertThat(again.proposedBefore()).hasSize(1);
        assertThat(again.fixed()).isEmpty();
        keep(again, List.of(new Seat(again.people().get(1).id(), shift, 1)));
        assertThat(board.find(response.id(), shift.value(), Optional.empty())
                        .orElseThrow()
                        .lines()
                        .get(0)
                        .placed())
                .extracting(RosterBoard.Placed::number)
                .containsExactly("V-2");
    }

    @Test
    void findsVolunteersByNameSkillAndDay() {
        take(volunteersKind, PEOPLE, person("V-1", "結 花子", "care", "盛岡大学", "2011-03-20"));
        take(volunteersKind, PEOPLE, person("V-2", "絆 太郎", "car", "", "2011-03-21"));

        assertThat(found("花子", Optional.empty(), Optional.empty(), true)).containsExactly("V-1");
        assertThat(found("花子", Optional.empty(), Optional.empty(), false)).isEmpty();
        assertThat(found("盛岡", Optional.empty(), Optional.empty(), false)).containsExactly("V-1");
        assertThat(found("", Optional.of(Skill.CAR), Optional.empty(), true)).containsExactly("V-2");
        assertThat(found("", Optional.empty(), Optional.of(DAY), true)).containsExactly("V-1");
        assertThat(listing.export(response.id()))
                .extracting(row -> row.get("name"))
                .containsExactly("結 花子", "絆 太郎");
    }

    private List<String> found(String text, Optional<Skill> skill, Optional<LocalDate> day, boolean withNames) {
        return listing
                .list(new VolunteerListing.Filter(response.id(), text, skill, day, false, false, withNames), 0, 10)
                .lines()
                .stream()
                .map(VolunteerListing.Line::externalId)
                .toList();
    }

    private Rosters.Head keep(RosterProblem problem, List<Seat> seats) {
        Roster roster = new Roster(seats, RosterAudit.worth(problem, seats), 1e9);
        RosterReasons reasons = RosterReasons.of(problem, roster);
        return rosters.keep(new RosterDraft(
                response.id(),
                Optional.empty(),
                NOW,
                NOW,
                DAY,
                DAY.plusDays(1),
                "test/1",
                "0",
                problem,
                roster,
                reasons.seats(),
                reasons.listOpen(),
                Duration.ofMillis(5)));
    }

    private long idOf(String table, String externalId) {
        return jdbc.sql("SELECT id FROM " + table + " WHERE response_id = ? AND external_id = ?")
                .params(response.id().value(), externalId)
                .query(Long.class)
                .single();
    }

    private static List<String> person(String id, String name, String skills, String team, String days) {
        return List.of(id, name, "090-0000-0000", "1985-06-01", "39.3", "141.9", "40", skills, team, "", days);
    }

    private static List<String> shift(
            String id, String place, String from, String to, String seats, String least, String risks) {
        return List.of(id, "泥出し", "cleaning", place, "2011-03-20", from, to, seats, least, risks);
    }

    private <T> List<String> codes(ImportKind<T> kind, List<String> header, List<String> cells) {
        return interpret(kind, header, cells).listProblems().stream()
                .map(RowProblem::code)
                .toList();
    }

    private <T> Row asRow(ImportKind<T> kind, List<String> header, List<String> cells) {
        return new Row(2, Optional.empty(), new ColumnMatcher(kind.columns()).match(header), new ArrayList<>(cells));
    }

    private <T> Interpretation<T> interpret(ImportKind<T> kind, List<String> header, List<String> cells) {
        Row row = asRow(kind, header, cells);
        RowInterpreter<T> interpreter = kind.interpreter(context());
        interpreter.preheat(List.of(row));
        return interpreter.interpret(row);
    }

    private static long feedNumber = 2_000_000;

    private ImportContext context() {
        return new ImportContext(new FeedId(++feedNumber), response, "main", Optional.empty(), NOW, NOW);
    }

    private <T> RowStore.Applied take(ImportKind<T> kind, List<String> header, List<String> cells) {
        Row row = asRow(kind, header, cells);
        if (interpret(kind, header, cells) instanceof Interpretation.Accepted<T> accepted) {
            return Objects.requireNonNull(transaction.execute(status -> kind.store()
                    .apply(
                            context(),
                            List.of(new ImportedRow<>(kind.externalId(row).orElseThrow(), row, accepted.value())))));
        }
        throw new AssertionError(
                "Not accepted: " + interpret(kind, header, cells).listProblems());
    }

    /** Kept here so that the header words of files stay what they are. */
    @Test
    void knowsItsColumnsInJapaneseEnglishAndHxl() {
        Map<String, Integer> positions = new ColumnMatcher(volunteersKind.columns())
                .match(List.of("#meta+id", "#contact+name", "#capacity+skill", "#date+available"))
                .positions();
        assertThat(positions).containsOnlyKeys("volunteer_id", "name", "skills", "available");
        assertThat(new ColumnMatcher(shiftsKind.columns())
                        .match(List.of("Shift id", "Title", "Kind", "Day", "Seats"))
                        .isComplete())
                .isTrue();
    }
}
