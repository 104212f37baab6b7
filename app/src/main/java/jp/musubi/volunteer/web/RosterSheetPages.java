package jp.musubi.volunteer.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.store.RosterBoard;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The roster of many days on one sheet for print: by place, to hang up there, or by volunteer, to tell them. */
@Controller
@RequestMapping("/volunteers/roster/sheet")
@Requires(Action.MANAGE_VOLUNTEERS)
class RosterSheetPages {

    private final RosterBoard board;
    private final VolunteerAccess access;
    private final RosterNames names;
    private final CurrentResponse response;

    RosterSheetPages(RosterBoard board, VolunteerAccess access, RosterNames names, CurrentResponse response) {
        this.board = board;
        this.access = access;
        this.names = names;
        this.response = response;
    }

    /** A place with its shifts in the order of time. Public methods, because templates call them. */
    public record Place(String name, List<RosterBoard.Shift> shifts) {}

    /** Where somebody works. */
    public record Turn(RosterBoard.Shift shift, RosterBoard.Placed placed) {}

    /** Somebody with their shifts in the order of time. */
    public record Person(String number, String name, List<Turn> turns) {}

    @GetMapping
    String show(
            @RequestParam(defaultValue = "place") String by,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String last,
            Model model) {
        List<RosterBoard.Day> days = board.days(response.get().id(), access.regions());
        LocalDate today = response.now().atZone(response.get().zone()).toLocalDate();
        LocalDate from = VolunteerPages.date(first).orElse(today);
        LocalDate to = VolunteerPages.date(last)
                .orElseGet(() -> days.isEmpty()
                        ? from
                        : latest(from, days.get(days.size() - 1).day()));
        if (to.isBefore(from) || to.isAfter(from.plusDays(RosterPages.LONGEST_HORIZON_DAYS))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days");
        }
        List<RosterBoard.Shift> shifts = board.list(response.get().id(), from, to, access.regions(), false);
        Map<Long, String> called = names.of(shifts);
        boolean byPlace = !by.equals("volunteer");
        model.addAttribute("byPlace", byPlace);
        model.addAttribute("first", from);
        model.addAttribute("last", to);
        model.addAttribute("names", called);
        model.addAttribute("places", byPlace ? places(shifts) : List.of());
        model.addAttribute("people", byPlace ? List.of() : people(shifts, called));
        model.addAttribute("none", shifts.isEmpty());
        return "volunteers/sheet";
    }

    /** Never more days than fit on the sheet. */
    private static LocalDate latest(LocalDate from, LocalDate last) {
        LocalDate longest = from.plusDays(RosterPages.LONGEST_HORIZON_DAYS);
        return last.isBefore(from) ? from : last.isAfter(longest) ? longest : last;
    }

    private static List<Place> places(List<RosterBoard.Shift> shifts) {
        Map<String, List<RosterBoard.Shift>> found = new TreeMap<>();
        shifts.forEach(
                shift -> found.computeIfAbsent(shift.municipality() + " " + shift.place(), key -> new ArrayList<>())
                        .add(shift));
        return found.values().stream()
                .map(at -> new Place(at.get(0).place(), List.copyOf(at)))
                .toList();
    }

    private static List<Person> people(List<RosterBoard.Shift> shifts, Map<Long, String> called) {
        Map<Long, List<Turn>> turns = new TreeMap<>();
        for (RosterBoard.Shift shift : shifts) {
            for (RosterBoard.Line line : shift.lines()) {
                line.placed()
                        .forEach(placed -> turns.computeIfAbsent(placed.volunteer(), key -> new ArrayList<>())
                                .add(new Turn(shift, placed)));
            }
        }
        return turns.entrySet().stream()
                .map(entry -> new Person(
                        entry.getValue().get(0).placed().number(),
                        called.getOrDefault(entry.getKey(), ""),
                        List.copyOf(entry.getValue())))
                .sorted(Comparator.comparing(Person::number))
                .toList();
    }
}
