package jp.musubi.volunteer.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.RosterConflict;
import jp.musubi.volunteer.Rosters;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.WantedHelp;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.VolunteerListing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The roster, day by day, and making a new one. */
@Controller
@RequestMapping("/volunteers/roster")
@Requires(Action.MANAGE_VOLUNTEERS)
class RosterPages {

    /** How many days a roster plans when nobody says otherwise. */
    private static final int HORIZON_DAYS = 14;

    static final int LONGEST_HORIZON_DAYS = 62;

    /** The most urgent of what is wanted. */
    private static final int WANTED_SHOWN = 8;

    /** More are found by a word or a skill. */
    private static final int SEATLESS_SHOWN = 40;

    /** What people can do next with somebody on a seat, by state. */
    private static final Map<String, List<String>> NEXT_STATES = Map.of(
            "PROPOSED", List.of("CONFIRMED", "CHECKED_IN", "NO_SHOW", "WITHDRAWN"),
            "CONFIRMED", List.of("CHECKED_IN", "NO_SHOW", "WITHDRAWN"),
            "CHECKED_IN", List.of("CHECKED_OUT"),
            "CHECKED_OUT", List.of());

    private final RosterBoard board;
    private final Rosters rosters;
    private final RosterRuns runs;
    private final VolunteerListing listing;
    private final VolunteerAccess access;
    private final CauseTexts causes;
    private final RosterNames names;
    private final PlaceListing places;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;

    RosterPages(
            RosterBoard board,
            Rosters rosters,
            RosterRuns runs,
            VolunteerListing listing,
            VolunteerAccess access,
            CauseTexts causes,
            RosterNames names,
            PlaceListing places,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame) {
        this.board = board;
        this.rosters = rosters;
        this.runs = runs;
        this.listing = listing;
        this.access = access;
        this.causes = causes;
        this.names = names;
        this.places = places;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
    }

    @GetMapping
    String show(
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "0") long moving,
            @RequestParam(defaultValue = "0") long putting,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String skill,
            Model model,
            Locale locale) {
        List<RosterBoard.Day> days = board.days(response.get().id(), access.regions());
        LocalDate today = today();
        LocalDate shown = VolunteerPages.date(day)
                .or(() -> days.stream()
                        .map(RosterBoard.Day::day)
                        .filter(each -> !each.isBefore(today))
                        .findFirst())
                .or(() -> days.stream().map(RosterBoard.Day::day).findFirst())
                .orElse(today);
        List<RosterBoard.Shift> shifts = board.list(response.get().id(), shown, shown, access.regions(), false);
        model.addAttribute("days", days);
        model.addAttribute("shown", shown);
        model.addAttribute("before", neighbour(days, shown, -1));
        model.addAttribute("after", neighbour(days, shown, 1));
        model.addAttribute("shifts", shifts);
        model.addAttribute("names", names.of(shifts));
        model.addAttribute("wanted", wanted(shifts, locale));
        model.addAttribute("causes", causes);
        addMoving(shifts, moving, model);
        addSeatless(shown, putting, q, Skill.findByCode(skill), model);
        model.addAttribute("nextStates", NEXT_STATES);
        model.addAttribute(
                "seats", shifts.stream().mapToInt(RosterBoard.Shift::seats).sum());
        model.addAttribute(
                "filled", shifts.stream().mapToInt(RosterBoard.Shift::filled).sum());
        model.addAttribute("newest", rosters.findNewest(response.get().id()).orElse(null));
        model.addAttribute("first", today);
        model.addAttribute("last", today.plusDays(HORIZON_DAYS - 1L));
        model.addAttribute("mayPlan", access.mayKnowPeople());
        return "volunteers/roster";
    }

    /** Those who have time that day and no seat, and which of them a reader without a script is putting somewhere. */
    private void addSeatless(LocalDate day, long putting, String q, Optional<Skill> skill, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("skill", skill.map(Skill::code).orElse(""));
        model.addAttribute("skills", Skill.values());
        if (!access.mayKnowPeople()) {
            model.addAttribute("seatless", null);
            model.addAttribute("putting", null);
            return;
        }
        VolunteerListing.Page seatless = listing.list(
                new VolunteerListing.Filter(response.get().id(), q, skill, Optional.of(day), true, false, true),
                0,
                SEATLESS_SHOWN);
        model.addAttribute("seatless", seatless);
        model.addAttribute(
                "putting",
                seatless.lines().stream()
                        .filter(each -> each.id() == putting)
                        .findFirst()
                        .orElse(null));
    }

    /** Without a script people are moved in two steps: choose one, then the seat. */
    private static void addMoving(List<RosterBoard.Shift> shifts, long moving, Model model) {
        for (RosterBoard.Shift shift : shifts) {
            for (RosterBoard.Line line : shift.lines()) {
                for (RosterBoard.Placed placed : line.placed()) {
                    if (placed.id() == moving) {
                        model.addAttribute("moving", placed);
                        model.addAttribute("movingShift", shift.id());
                        return;
                    }
                }
            }
        }
        model.addAttribute("moving", null);
    }

    private static @Nullable LocalDate neighbour(List<RosterBoard.Day> days, LocalDate shown, int step) {
        Stream<LocalDate> all = days.stream().map(RosterBoard.Day::day);
        return step < 0
                ? all.filter(day -> day.isBefore(shown)).reduce((a, b) -> b).orElse(null)
                : all.filter(day -> day.isAfter(shown)).findFirst().orElse(null);
    }

    /** More people who would fill seats that are open as the board stands, in the reader's words. */
    private List<String> wanted(List<RosterBoard.Shift> shifts, Locale locale) {
        List<WantedHelp> wanted = WantedHelp.of(shifts.stream()
                // Before a roster has looked at a shift nobody knows whether more people are needed.
                .filter(shift -> shift.lines().stream()
                        .anyMatch(line -> line.open() > 0 && line.cause().isPresent()))
                .map(RosterPages::open)
                .toList());
        Map<String, PlaceListing.MunicipalityLine> names = wanted.isEmpty() ? Map.of() : places.municipalities(locale);
        return wanted.stream()
                .limit(WANTED_SHOWN)
                .map(help -> causes.of(
                        help,
                        Optional.ofNullable(names.get(help.municipality()))
                                .map(PlaceListing.MunicipalityLine::name)
                                .orElse(help.municipality()),
                        frame.day(help.day())))
                .toList();
    }

    private static WantedHelp.OpenWork open(RosterBoard.Shift shift) {
        return new WantedHelp.OpenWork(
                new ShiftId(shift.id()),
                shift.municipality(),
                shift.time().day(),
                shift.priority(),
                shift.filled(),
                shift.leastPeople(),
                shift.leaderSkill(),
                shift.lines().stream()
                        .map(line -> new WantedHelp.OpenLine(line.seats(), line.open(), line.cause()))
                        .toList());
    }

    @PostMapping("/plan")
    String plan(@RequestParam String first, @RequestParam String last) {
        access.requireAll();
        LocalDate from = VolunteerPages.date(first)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        LocalDate to = VolunteerPages.date(last)
                .filter(day -> !day.isBefore(from) && !day.isAfter(from.plusDays(LONGEST_HORIZON_DAYS)))
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        RosterRuns.Run run = runs.start(response.get(), from, to, actor.person());
        return "redirect:" + frame.to("/volunteers/roster/runs/" + run.id());
    }

    @GetMapping("/runs/{id}")
    String run(
            @PathVariable String id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        RosterRuns.Run run = find(id);
        RosterRuns.State state = run.state();
        model.addAttribute("run", run);
        model.addAttribute("kept", state instanceof RosterRuns.State.Kept kept ? kept.roster() : null);
        List<RosterConflict> conflicts =
                state instanceof RosterRuns.State.Contradictory contradictory ? contradictory.conflicts() : List.of();
        model.addAttribute("conflicts", conflicts);
        Map<Long, String> numbers =
                conflicts.isEmpty() ? Map.of() : listing.numbers(response.get().id());
        model.addAttribute("numbers", numbers);
        model.addAttribute("failed", state instanceof RosterRuns.State.Failed);
        return htmx == null ? "volunteers/run" : "volunteers/run :: progress";
    }

    @PostMapping("/runs/{id}/stop")
    String stop(@PathVariable String id) {
        runs.stop(find(id));
        return "redirect:" + frame.to("/volunteers/roster/runs/" + id);
    }

    private RosterRuns.Run find(String id) {
        access.requireAll();
        return runs.find(response.get().id(), id)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "roster.problem.no-run"));
    }

    private LocalDate today() {
        return response.now().atZone(response.get().zone()).toLocalDate();
    }
}
