package jp.musubi.volunteer.web;

import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.web.BrowserIT;
import jp.musubi.common.web.TestBrowser;
import jp.musubi.identity.Role;
import jp.musubi.place.CommunityId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.AssignmentState;
import jp.musubi.volunteer.Assignments;
import jp.musubi.volunteer.Assignments.Result;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerDetails;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.WorkPlace;
import jp.musubi.volunteer.store.SecretAddresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roster and the check-in in a real browser: by hand, by key, and without a network. */
@BrowserIT
class VolunteersBrowserIT {

    private static final Instant NOW = Instant.parse("2011-03-19T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2011, 3, 20);
    private static final Edit EDIT = new Edit(Optional.empty(), NOW);

    private final Responses responses;
    private final Volunteers volunteers;
    private final Shifts shifts;
    private final Assignments assignments;
    private final SecretAddresses secrets;
    private final JdbcClient jdbc;
    private final TestBrowser browser;
    private ResponseId response = new ResponseId(0);
    private int number;

    VolunteersBrowserIT(
            Responses responses,
            Volunteers volunteers,
            Shifts shifts,
            Assignments assignments,
            SecretAddresses secrets,
            JdbcClient jdbc,
            ApplicationContext context) {
        this.responses = responses;
        this.volunteers = volunteers;
        this.shifts = shifts;
        this.assignments = assignments;
        this.secrets = secrets;
        this.jdbc = jdbc;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        response = responses.open(TestResponse.at(NOW, "roster-browser")).id();
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point, point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '中央公民館', '03461',
                            ST_SetSRID(ST_MakePoint(141.9, 39.35), 4326), FALSE, '', ?, '', 0)""").params(response.value(), Timestamp.from(NOW)).update();
        browser.signIn(Role.COORDINATOR);
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    void quit() {
        browser.close();
    }

    @Test
    void movesSomebodyByKeysAlone() {
        ShiftId from = shift(DAY, 1);
        ShiftId to = shift(DAY, 2);
        long seat = put(volunteer(), from);
        Page page = browser.open("/volunteers/roster?lang=en&day=" + DAY, wide());

        page.locator("#seat-" + seat).focus();
        page.keyboard().press("m");
        assertThat(page.locator("#seat-said").innerText()).contains("is picked up");
        Locator open = page.locator("[data-open-seat][data-shift='" + to.value() + "']");
        for (int i = 0; i < 20 && !isOver(open); i++) {
            page.keyboard().press("ArrowDown");
        }
        page.keyboard().press("Enter");
        page.locator(".notice.ok").waitFor();

        assertThat(peopleOn(to)).isEqualTo(1);
        assertThat(peopleOn(from)).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void movesSomebodyByDragging() {
        LocalDate day = DAY.plusDays(1);
        ShiftId from = shift(day, 1);
        ShiftId to = shift(day, 2);
        long seat = put(volunteer(), from);
        Page page = browser.open("/volunteers/roster?lang=ja&day=" + day, wide());

        page.locator("#seat-" + seat).dragTo(page.locator("[data-open-seat][data-shift='" + to.value() + "']"));
        page.locator(".notice.ok").waitFor();

        assertThat(peopleOn(to)).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void putsSomebodyWithoutASeatByDraggingAndByKeys() {
        LocalDate day = DAY.plusDays(5);
        ShiftId first = shift(day, 1);
        ShiftId second = shift(day, 1);
        VolunteerId dragged = volunteer();
        Page page = browser.open("/volunteers/roster?lang=en&day=" + day + "&q=V-" + number, wide());
        page.locator("#person-" + dragged.value())
                .dragTo(page.locator("[data-open-seat][data-shift='" + first.value() + "']"));
        page.locator(".notice.ok").waitFor();
        assertThat(peopleOn(first)).isEqualTo(1);

        VolunteerId byKeys = volunteer();
        page = browser.open("/volunteers/roster?lang=en&day=" + day + "&q=V-" + number, wide());
        page.locator("#person-" + byKeys.value()).focus();
        page.keyboard().press("m");
        Locator open = page.locator("[data-open-seat][data-shift='" + second.value() + "']");
        for (int i = 0; i < 20 && !isOver(open); i++) {
            page.keyboard().press("ArrowDown");
        }
        page.keyboard().press("Enter");
        page.locator(".notice.ok").waitFor();
        assertThat(peopleOn(second)).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysOnTheBoardWhyARuleRefusesSomebody() {
        LocalDate day = DAY.plusDays(6);
        ShiftId needsCare = shift(day, new SeatLine(1, Optional.of(Skill.CARE), 1, 1));
        VolunteerId cleaner = volunteer();
        Page page = browser.open(
                "/volunteers/roster?lang=en&day=" + day + "&putting=" + cleaner.value() + "&q=V-" + number, phone());
        assertThat(TestBrowser.fits(page)).isTrue();
        page.locator("[data-open-seat][data-shift='" + needsCare.value() + "'] button")
                .tap();
        page.locator("#refused").waitFor();
        assertThat(page.locator("#refused").innerText()).contains("does not have the skill");
        assertThat(TestBrowser.barriers(page)).isEmpty();
        assertThat(peopleOn(needsCare)).isZero();
    }

    @Test
    void movesSomebodyInTwoStepsOnAPhone() {
        LocalDate day = DAY.plusDays(2);
        ShiftId from = shift(day, 1);
        ShiftId to = shift(day, 1);
        long seat = put(volunteer(), from);
        Page page = browser.open("/volunteers/roster?lang=en&day=" + day + "&moving=" + seat, phone());
        assertThat(TestBrowser.fits(page)).isTrue();
        page.locator("[data-open-seat][data-shift='" + to.value() + "'] button").tap();
        page.locator(".notice.ok").waitFor();
        assertThat(peopleOn(to)).isEqualTo(1);
    }

    @Test
    void keepsACheckInWithoutANetworkAndSendsItLater() {
        LocalDate day = DAY.plusDays(3);
        ShiftId shift = shift(day, 1);
        VolunteerId person = volunteer();
        long seat = put(person, shift);
        String path = "/checkin/" + secrets.issueCheckIn(shift, Optional.empty());
        Page page = browser.openAsStranger(path + "?lang=en", phone());
        assertThat(TestBrowser.barriers(page)).isEmpty();
        assertThat(TestBrowser.fits(page)).isTrue();
        page.waitForFunction("async () => (await caches.keys()).includes('musubi-checkin') "
                + "&& (await (await caches.open('musubi-checkin')).keys()).length > 1");

        page.context().setOffline(true);
        page.locator("#number").fill("V-" + number);
        page.locator("button[value=in]").tap();
        page.locator("#checkin-said:has-text('kept in this phone')").waitFor();
        assertThat(stateOf(seat)).isEqualTo(AssignmentState.PROPOSED);
        // The page opens again although there is no network, and still knows what it has to send.
        page.reload();
        assertThat(page.locator("h1").innerText()).contains("片付け");
        assertThat(page.locator("#number").inputValue()).isEqualTo("V-" + number);
        page.context().setOffline(false);
        page.locator("#checkin-said:has-text('arrival is noted')").waitFor();
        assertThat(stateOf(seat)).isEqualTo(AssignmentState.CHECKED_IN);

        page.locator("button[value=out]").tap();
        page.locator("#checkin-said:has-text('hours are noted')").waitFor();
        assertThat(stateOf(seat)).isEqualTo(AssignmentState.CHECKED_OUT);
    }

    @Test
    void canBeUsedByEverybodyInBothLanguages() {
        LocalDate day = DAY.plusDays(4);
        ShiftId shift = shift(day, 3);
        put(volunteer(), shift);
        for (String language : List.of("ja", "en")) {
            for (String path : List.of(
                    "/volunteers",
                    "/volunteers/new",
                    "/volunteers/shifts",
                    "/volunteers/shifts/" + shift.value(),
                    "/volunteers/roster?day=" + day,
                    "/volunteers/roster/sheet?by=place&first=" + day,
                    "/volunteers/roster/sheet?by=volunteer&first=" + day)) {
                String address = path + (path.contains("?") ? "&" : "?") + "lang=" + language;
                Page page = browser.open(
                        address,
                        (language.equals("ja") ? wide() : phone())
                                .setColorScheme(language.equals("ja") ? ColorScheme.DARK : ColorScheme.LIGHT));
                assertThat(TestBrowser.barriers(page)).as(address).isEmpty();
                assertThat(TestBrowser.fits(page)).as(address).isTrue();
                browser.closePages();
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static boolean isOver(Locator seat) {
        return (Boolean) seat.evaluate("each => each.classList.contains('over')");
    }

    private VolunteerId volunteer() {
        number++;
        Map<LocalDate, Set<HalfDay>> days = DAY.datesUntil(DAY.plusDays(7))
                .collect(Collectors.toMap(day -> day, day -> EnumSet.allOf(HalfDay.class)));
        return volunteers
                .add(
                        response,
                        "V-" + number,
                        new VolunteerRow(
                                new VolunteerDetails(
                                        Optional.empty(),
                                        List.of(HeldSkill.of(Skill.CLEANING)),
                                        List.of("ja"),
                                        40,
                                        false,
                                        false,
                                        Availability.of(days)),
                                new VolunteerPerson(
                                        "結 花子" + number,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(new Position(39.3, 141.9)))),
                        EDIT)
                .orElseThrow();
    }

    private ShiftId shift(LocalDate day, int seats) {
        return shift(day, new SeatLine(1, Optional.empty(), 1, seats));
    }

    private ShiftId shift(LocalDate day, SeatLine line) {
        number++;
        long community = jdbc.sql("SELECT id FROM community WHERE response_id = ?")
                .param(response.value())
                .query(Long.class)
                .single();
        return shifts.add(
                        response,
                        "S-" + number,
                        new ShiftRow(
                                Optional.empty(),
                                "片付け" + number,
                                ActivityKind.CLEANING,
                                new WorkPlace.AtCommunity(new CommunityId(community)),
                                Set.of(),
                                false,
                                new ShiftTime(day, 540, 900),
                                2,
                                List.of(line),
                                1,
                                Optional.empty()),
                        EDIT)
                .orElseThrow();
    }

    private long put(VolunteerId person, ShiftId shift) {
        return ((Result.Done) assignments.put(person, shift, 1, EDIT)).id().value();
    }

    private long peopleOn(ShiftId shift) {
        return jdbc.sql("SELECT count(*) FROM assignment WHERE shift_id = ?")
                .param(shift.value())
                .query(Long.class)
                .single();
    }

    private AssignmentState stateOf(long seat) {
        return AssignmentState.valueOf(jdbc.sql("SELECT state FROM assignment WHERE id = ?")
                .param(seat)
                .query(String.class)
                .single());
    }
}
