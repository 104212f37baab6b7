package jp.musubi.trace.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.store.DonationListing;
import jp.musubi.ledger.store.LotListing;
import jp.musubi.place.Municipalities;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.trace.Traces;
import jp.musubi.trace.TrackingCodes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Gifts by giver, where each is, and the links that givers get. */
@Controller
@RequestMapping("/donors")
@Requires(Action.MOVE_STOCK)
class DonationPages {

    private static final int LINES_SHOWN = 50;

    private final DonationListing listing;
    private final LotListing lots;
    private final TrackingCodes codes;
    private final Traces traces;
    private final Catalogue catalogue;
    private final Municipalities municipalities;
    private final CurrentResponse current;
    private final CurrentActor actor;

    DonationPages(
            DonationListing listing,
            LotListing lots,
            TrackingCodes codes,
            Traces traces,
            Catalogue catalogue,
            Municipalities municipalities,
            CurrentResponse current,
            CurrentActor actor) {
        this.listing = listing;
        this.lots = lots;
        this.codes = codes;
        this.traces = traces;
        this.catalogue = catalogue;
        this.municipalities = municipalities;
        this.current = current;
        this.actor = actor;
    }

    /** A donation line as the list shows it. */
    record LineView(
            long id,
            String name,
            String item,
            String amount,
            String donor,
            ZonedDateTime registeredAt,
            boolean derived,
            boolean tracked) {}

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long before,
            Model model,
            Locale locale) {
        Response response = allowed();
        ItemCatalogue items = catalogue.current();
        List<LineView> found = listing
                .listLines(
                        response.id(),
                        q.strip(),
                        before > 0 ? Optional.of(new LotId(before)) : Optional.empty(),
                        LINES_SHOWN + 1)
                .stream()
                .map(line -> {
                    Item item = items.getById(line.item());
                    return new LineView(
                            line.line().value(),
                            line.named()
                                    .map(named -> named.externalId())
                                    .orElse("#" + line.line().value()),
                            item.name(locale),
                            item.show(line.given(), locale),
                            line.donor().orElse(""),
                            line.registeredAt().atZone(response.zone()),
                            line.derived(),
                            line.tracked());
                })
                .toList();
        List<LineView> lines = found.subList(0, Math.min(LINES_SHOWN, found.size()));
        model.addAttribute("q", q);
        model.addAttribute("lines", lines);
        model.addAttribute("newest", before == 0);
        if (found.size() > LINES_SHOWN) {
            model.addAttribute("next", lines.get(LINES_SHOWN - 1).id());
        }
        return "trace/donations";
    }

    @GetMapping("/{line}")
    String show(@PathVariable long line, Model model, Locale locale) {
        Response response = allowed();
        LotId first = new LotId(line);
        List<Lot> lotsOfLine = lots.listLotsOfLine(response.id(), first).stream()
                .map(found -> found.lot())
                .toList();
        if (lotsOfLine.stream()
                .noneMatch(lot -> lot.id().equals(first) && lot.line().equals(first))) {
            throw new Problem(HttpStatus.NOT_FOUND, "trace.problem.line");
        }
        model.addAttribute(
                "trace",
                TraceView.of(
                        traces.getTrace(response.id(), first),
                        catalogue.current(),
                        municipalities.directory(),
                        locale));
        model.addAttribute("line", line);
        model.addAttribute(
                "lots", lotsOfLine.stream().map(lot -> lot.id().value()).toList());
        return "trace/donation";
    }

    /** Makes the link and shows it this once; a link made before ends. */
    @PostMapping("/{line}/link")
    String issue(@PathVariable long line, Model model, Locale locale, HttpServletResponse answer) {
        Response response = allowed();
        show(line, model, locale);
        String code = codes.issue(response.id(), new LotId(line), actor.person());
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute(
                "link",
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/trace/" + code)
                        .toUriString());
        return "trace/donation";
    }

    /** Gifts have no region before they arrive: whoever sees givers' names must have the whole response. */
    private Response allowed() {
        Response response = current.get();
        actor.require(Action.MOVE_STOCK, Scope.of(response.id()));
        return response;
    }
}
