package jp.musubi.place.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.place.Hub;
import jp.musubi.place.HubId;
import jp.musubi.place.HubRoute;
import jp.musubi.place.Hubs;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What vehicles carry from a hub to each municipality in a day: a line each, as it comes out of a spreadsheet, so that a
 * whole list is pasted at once.
 */
@Controller
@RequestMapping("/places/hubs/{id}/vehicles")
@Requires(Action.EDIT_PLACES)
class HubVehicles {

    private static final int MOST_LINES = 500;
    private static final String PAGE = "places/vehicles";

    private final Hubs hubs;
    private final Municipalities municipalities;
    private final PlaceEdits edits;
    private final CurrentResponse response;
    private final Frame frame;

    HubVehicles(Hubs hubs, Municipalities municipalities, PlaceEdits edits, CurrentResponse response, Frame frame) {
        this.hubs = hubs;
        this.municipalities = municipalities;
        this.edits = edits;
        this.response = response;
        this.frame = frame;
    }

    /** What is wrong with a line, as a text's name and what it speaks of. */
    record LineProblem(int line, String code, String value) {}

    @GetMapping
    String show(@PathVariable long id, Model model, Locale locale) {
        Hub hub = get(id);
        return show(hub, hub.version(), text(hub, locale), List.of(), model, locale);
    }

    @PostMapping
    String save(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam Map<String, String> sent,
            Model model,
            Locale locale) {
        Hub hub = get(id);
        String lines = sent.getOrDefault("lines", "");
        List<LineProblem> problems = new ArrayList<>();
        List<HubRoute> routes = read(lines, problems);
        if (!problems.isEmpty()) {
            return show(hub, version, lines, problems, model, locale);
        }
        try {
            hubs.setRoutes(hub.id(), version, routes, edits.edit(sent));
        } catch (OptimisticLockingFailureException e) {
            throw new Problem(HttpStatus.CONFLICT, "places.problem.overtaken");
        }
        return "redirect:" + frame.to("/places/hubs/" + id + "/vehicles?saved");
    }

    private Hub get(long id) {
        Hub hub = hubs.find(new HubId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        edits.requireIn(hub.details().municipality());
        return hub;
    }

    private String show(Hub hub, long version, String lines, List<LineProblem> problems, Model model, Locale locale) {
        model.addAttribute("hub", hub);
        model.addAttribute("version", version);
        model.addAttribute("lines", lines);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "example",
                municipalities.directory().listMunicipalities().stream()
                        .findFirst()
                        .map(town -> edits.nameOf(town.code(), locale) + ", 2000, 12")
                        .orElse(""));
        return PAGE;
    }

    private String text(Hub hub, Locale locale) {
        StringBuilder text = new StringBuilder();
        for (HubRoute route : hubs.listRoutes(hub.id())) {
            text.append(edits.nameOf(route.municipality(), locale))
                    .append(", ")
                    .append(route.kilograms().map(String::valueOf).orElse(""))
                    .append(", ")
                    .append(route.cubicMetres().map(PlaceEdits::text).orElse(""))
                    .append('\n');
        }
        return text.toString();
    }

    private List<HubRoute> read(String text, List<LineProblem> problems) {
        List<HubRoute> routes = new ArrayList<>();
        Set<MunicipalityCode> seen = new HashSet<>();
        String[] lines = text.split("\\R", -1);
        if (lines.length > MOST_LINES) {
            problems.add(new LineProblem(MOST_LINES + 1, "too-many", Integer.toString(lines.length)));
            return routes;
        }
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] cells = lines[i].split(lines[i].contains("\t") ? "\t" : "[,、，]", -1);
            // A name in English has its prefecture after a comma.
            int named =
                    cells.length > 1 && !cells[1].isBlank() && resolve(cells, 2).isPresent() ? 2 : 1;
            String town = name(cells, named);
            Optional<Municipality> found = resolve(cells, named);
            if (found.isEmpty()) {
                problems.add(new LineProblem(i + 1, "town", town));
                continue;
            }
            int before = problems.size();
            Optional<Double> kilograms = number(cells, named, i + 1, problems);
            Optional<Double> cubicMetres = number(cells, named + 1, i + 1, problems);
            MunicipalityCode code = found.get().code();
            if (!seen.add(code)) {
                problems.add(new LineProblem(i + 1, "twice", town));
            } else if (kilograms.isPresent() || cubicMetres.isPresent()) {
                routes.add(new HubRoute(code, kilograms.map(Math::round), cubicMetres));
            } else if (problems.size() == before) {
                problems.add(new LineProblem(i + 1, "nothing", town));
            }
        }
        return routes;
    }

    private Optional<Municipality> resolve(String[] cells, int named) {
        return municipalities.directory().resolve(name(cells, named)).found();
    }

    private static String name(String[] cells, int named) {
        return Stream.of(cells).limit(named).map(String::strip).collect(Collectors.joining(", "));
    }

    private static Optional<Double> number(String[] cells, int place, int line, List<LineProblem> problems) {
        String text = place < cells.length ? cells[place].strip().replace(",", "") : "";
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,7}(\\.[0-9]{1,3})?") || Double.parseDouble(text) >= 1e6) {
            problems.add(new LineProblem(line, "number", text));
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text));
    }
}
