package jp.musubi.ledger.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.DispatchFilter;
import jp.musubi.ledger.store.DispatchListing;
import jp.musubi.ledger.store.DispatchListing.Counts;
import jp.musubi.ledger.store.DispatchListing.Destination;
import jp.musubi.ledger.web.DispatchViews.DestinationView;
import jp.musubi.ledger.web.DispatchViews.LoadView;
import jp.musubi.ledger.web.DispatchViews.PromiseView;
import jp.musubi.ledger.web.DispatchViews.StartView;
import jp.musubi.place.CommunityId;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** What waits to be sent, what is on the way and what has arrived; sending and taking back of promises. */
@Controller
@RequestMapping("/dispatch")
@Requires(Action.MOVE_STOCK)
class DispatchPages {

    private static final int SHOWN = 20;
    private static final int PROMISES_SHOWN = 50;
    private static final List<String> VIEWS = List.of("promised", "underway", "received");

    private final DispatchListing listing;
    private final Stock stock;
    private final Catalogue catalogue;
    private final LedgerForms forms;
    private final CurrentResponse current;
    private final CurrentActor actor;

    DispatchPages(
            DispatchListing listing,
            Stock stock,
            Catalogue catalogue,
            LedgerForms forms,
            CurrentResponse current,
            CurrentActor actor) {
        this.listing = listing;
        this.stock = stock;
        this.catalogue = catalogue;
        this.forms = forms;
        this.current = current;
        this.actor = actor;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "promised") String view,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "1") long page,
            Model model,
            Locale locale) {
        Response response = current.get();
        ItemCatalogue items = catalogue.current();
        DispatchFilter filter = new DispatchFilter(
                response.id(),
                actor.actor().regionsFor(Action.MOVE_STOCK, Scope.of(response.id())),
                from == 0 ? Optional.empty() : Optional.of(from),
                DispatchFilter.words(q, items));
        Counts counts = listing.count(filter);
        String shown = VIEWS.contains(view) ? view : "promised";
        long total = switch (shown) {
            case "underway" -> counts.underWay();
            case "received" -> counts.received();
            default -> counts.destinations();
        };
        long pages = Math.max(1, (total + SHOWN - 1) / SHOWN);
        long number = Math.max(1, Math.min(page, pages));
        long first = (number - 1) * SHOWN;
        switch (shown) {
            case "underway" ->
                model.addAttribute(
                        "loads",
                        listing.listUnderWay(filter, SHOWN, first).stream()
                                .map(load -> LoadView.of(load, items, current.now(), locale))
                                .toList());
            case "received" ->
                model.addAttribute(
                        "loads",
                        listing.listReceived(filter, SHOWN, first).stream()
                                .map(load -> LoadView.of(load, items, current.now(), locale))
                                .toList());
            default ->
                model.addAttribute(
                        "destinations",
                        listing.listDestinations(filter, SHOWN, first).stream()
                                .map(destination -> DestinationView.of(destination, items, locale))
                                .toList());
        }
        model.addAttribute("view", shown);
        model.addAttribute("views", VIEWS);
        model.addAttribute("q", q);
        model.addAttribute("from", from);
        model.addAttribute("search", "q=" + UriUtils.encode(q, StandardCharsets.UTF_8) + "&from=" + from);
        model.addAttribute(
                "starts",
                listing.listStarts(response.id()).stream().map(StartView::of).toList());
        model.addAttribute("counts", counts);
        model.addAttribute("total", total);
        model.addAttribute("first", first + 1);
        model.addAttribute("last", Math.min(first + SHOWN, total));
        model.addAttribute("page", number);
        model.addAttribute("pages", pages);
        model.addAttribute("key", LedgerForms.newKey());
        return "dispatch/list";
    }

    /** Everything that waits to go from one place to one community. */
    @GetMapping("/to/{community}/from/{account}")
    String destination(
            @PathVariable long community,
            @PathVariable long account,
            @RequestParam(defaultValue = "1") long page,
            Model model,
            Locale locale) {
        Response response = current.get();
        Optional<Destination> found = findDestination(response, account, community);
        if (found.isEmpty()) {
            return "redirect:" + address("");
        }
        Destination destination = found.get();
        ItemCatalogue items = catalogue.current();
        long pages = (destination.lines() + PROMISES_SHOWN - 1) / PROMISES_SHOWN;
        long number = Math.max(1, Math.min(page, pages));
        model.addAttribute("destination", DestinationView.of(destination, items, locale));
        model.addAttribute(
                "promises",
                listing
                        .listPromises(
                                response.id(),
                                account,
                                destination.community(),
                                PROMISES_SHOWN,
                                (number - 1) * PROMISES_SHOWN)
                        .stream()
                        .map(promise -> PromiseView.of(promise, items, locale))
                        .toList());
        model.addAttribute("page", number);
        model.addAttribute("pages", pages);
        model.addAttribute("key", LedgerForms.newKey());
        return "dispatch/destination";
    }

    /** Sends the chosen promises, each as far as its quantity says. */
    @PostMapping("/send")
    String send(
            @RequestParam(defaultValue = "") List<Long> promise,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            RedirectAttributes redirect,
            Locale locale) {
        requireFor(promise);
        List<Stock.SendLine> lines = promise.stream()
                .map(id -> new Stock.SendLine(new ReservationId(id), LedgerForms.quantity(all, "quantity-" + id)))
                .toList();
        answer(
                stock.send(forms.deed("send", key), lines, Optional.empty()),
                Notice.done("dispatch.done.sent", 1, lines.size()),
                redirect,
                locale);
        return "redirect:" + back(all);
    }

    /** Takes the chosen promises back. */
    @PostMapping("/cancel")
    String cancel(
            @RequestParam(defaultValue = "") List<Long> promise,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            RedirectAttributes redirect,
            Locale locale) {
        requireFor(promise);
        answer(
                stock.cancel(
                        forms.deed("cancel", key),
                        promise.stream().map(ReservationId::new).toList()),
                Notice.done("dispatch.done.cancelled", promise.size()),
                redirect,
                locale);
        return "redirect:" + back(all);
    }

    /**
     * Sends everything that waits for the chosen destinations, one load for each. A destination that is not as the reader
     * saw it is left alone.
     *
     * @param to account, community and mark of each destination
     */
    @PostMapping("/send-all")
    String sendAll(
            @RequestParam(defaultValue = "") List<String> to,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            RedirectAttributes redirect,
            Locale locale) {
        Response response = current.get();
        List<Seen> chosen = to.stream().map(Seen::of).toList();
        if (chosen.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.none");
        }
        Deed deed = forms.deed("send", key);
        long loads = 0;
        long lines = 0;
        long changed = 0;
        List<String> reasons = new ArrayList<>();
        for (Seen seen : chosen) {
            Deed part = LedgerForms.part(deed, seen.account() + "-" + seen.community());
            if (listing.isPosted(part.key())) {
                loads++;
                lines += seen.lines();
                continue;
            }
            Optional<Destination> now = findDestination(response, seen.account(), seen.community());
            if (now.filter(found -> found.mark().equals(seen.mark())).isEmpty()) {
                changed++;
                continue;
            }
            Outcome<?> outcome = stock.send(part, everything(response, now.get()), Optional.empty());
            if (outcome.isDone()) {
                loads++;
                lines += now.get().lines();
            } else {
                reasons.addAll(LedgerForms.reasons(outcome, locale));
            }
        }
        if (loads > 0) {
            Notice.done("dispatch.done.sent", loads, lines).showOnNextPage(redirect);
        }
        redirect.addFlashAttribute("changed", changed);
        redirect.addFlashAttribute("reasons", reasons);
        return "redirect:" + back(all);
    }

    private List<Stock.SendLine> everything(Response response, Destination destination) {
        return listing
                .listPromises(
                        response.id(),
                        destination.from().account(),
                        destination.community(),
                        (int) Math.min(Integer.MAX_VALUE, destination.lines()),
                        0)
                .stream()
                .map(promise -> new Stock.SendLine(promise.id(), promise.quantity()))
                .toList();
    }

    /** A destination as the reader saw it when choosing it. */
    private record Seen(long account, long community, String mark) {
        static Seen of(String value) {
            String[] parts = value.split(":");
            if (parts.length != 3 || !value.matches("\\d{1,18}:\\d{1,18}:\\d{1,18}-\\d{1,18}-\\d{1,18}")) {
                throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.form");
            }
            return new Seen(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        long lines() {
            return Long.parseLong(mark.substring(0, mark.indexOf('-')));
        }
    }

    private Optional<Destination> findDestination(Response response, long account, long community) {
        Optional<Destination> found = listing.findDestination(response.id(), account, new CommunityId(community));
        found.ifPresent(destination -> actor.require(
                Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(destination.municipalityCode())));
        return found;
    }

    private void requireFor(List<Long> promises) {
        if (promises.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.none");
        }
        Response response = current.get();
        Set<ReservationId> chosen = promises.stream().map(ReservationId::new).collect(Collectors.toSet());
        Map<ReservationId, String> municipalities = listing.findMunicipalitiesOf(response.id(), chosen);
        if (!municipalities.keySet().equals(chosen)) {
            throw new Problem(HttpStatus.NOT_FOUND, "problem.not-found");
        }
        for (String municipality : Set.copyOf(municipalities.values())) {
            actor.require(Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(municipality));
        }
    }

    private static void answer(Outcome<?> outcome, Notice done, RedirectAttributes redirect, Locale locale) {
        if (outcome.isDone()) {
            done.showOnNextPage(redirect);
        } else {
            redirect.addFlashAttribute("reasons", LedgerForms.reasons(outcome, locale));
        }
    }

    /** The page a form was on. */
    private String back(Map<String, String> all) {
        String community = all.getOrDefault("community", "");
        String account = all.getOrDefault("account", "");
        if (community.matches("\\d{1,18}") && account.matches("\\d{1,18}")) {
            return address("/to/" + community + "/from/" + account);
        }
        return DispatchAddress.of(current.get().code(), "promised", all);
    }

    private String address(String path) {
        return "/r/" + current.get().code() + "/dispatch" + path;
    }
}
