package jp.musubi.ledger.web;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.NameKey;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.StockListing;
import jp.musubi.ledger.store.StockListing.Load;
import jp.musubi.ledger.store.StockListing.LoadLine;
import jp.musubi.ledger.store.StockListing.OpenPromise;
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

/** What waits to be sent, what is on the way, and what has arrived, as plain lists. */
@Controller
@RequestMapping("/dispatch")
@Requires(Action.MOVE_STOCK)
class DispatchPages {

    private static final int GROUPS_SHOWN = 60;
    private static final int LOADS_SHOWN = 100;

    private final StockListing listing;
    private final Stock stock;
    private final Catalogue catalogue;
    private final CurrentResponse current;
    private final CurrentActor actor;

    DispatchPages(StockListing listing, Stock stock, Catalogue catalogue, CurrentResponse current, CurrentActor actor) {
        this.listing = listing;
        this.stock = stock;
        this.catalogue = catalogue;
        this.current = current;
        this.actor = actor;
    }

    /**
     * Promises that can leave together.
     *
     * @param from name of the hub; empty for goods that are still where their givers have them
     */
    record Group(String from, String community, String municipality, String key, List<PromiseLine> lines) {}

    /**
     * @param amount with its unit
     */
    record PromiseLine(long id, String item, String lot, long quantity, String amount) {}

    /** A consignment on the way. */
    record LoadView(
            long id,
            String community,
            String municipality,
            ZonedDateTime sentAt,
            boolean late,
            String key,
            List<LoadLineView> lines) {}

    record LoadLineView(long lot, String item, String name, String sent, String onTheWay, long units, String unit) {}

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String done,
            Model model,
            Locale locale) {
        return show(q, done, model, locale);
    }

    private String show(String q, String done, Model model, Locale locale) {
        Response response = current.get();
        ItemCatalogue items = catalogue.current();
        String wanted = NameKey.of(q);
        List<Group> groups = groups(response, items, locale).stream()
                .filter(group -> NameKey.of(group.from() + group.community() + group.municipality())
                        .contains(wanted))
                .toList();
        List<LoadView> loads = listing.listUnderWayLoads(response.id()).stream()
                .filter(load -> mayMove(response, load.municipalityCode()))
                .map(load -> view(response, load, items, locale))
                .filter(load ->
                        NameKey.of(load.community() + load.municipality()).contains(wanted))
                .toList();
        model.addAttribute("q", q);
        model.addAttribute("done", List.of("sent", "cancelled", "received").contains(done) ? done : "");
        model.addAttribute("groups", groups.stream().limit(GROUPS_SHOWN).toList());
        model.addAttribute("groupCount", groups.size());
        model.addAttribute("loads", loads.stream().limit(LOADS_SHOWN).toList());
        model.addAttribute("loadCount", loads.size());
        return "dispatch/list";
    }

    private List<Group> groups(Response response, ItemCatalogue items, Locale locale) {
        record Together(Account.Inside from, CommunityId community) {}
        Map<Together, List<OpenPromise>> together = new LinkedHashMap<>();
        for (OpenPromise promise : listing.listOpenPromises(response.id())) {
            if (mayMove(response, promise.municipalityCode())) {
                together.computeIfAbsent(new Together(promise.from(), promise.community()), key -> new ArrayList<>())
                        .add(promise);
            }
        }
        return together.values().stream()
                .map(promises -> {
                    OpenPromise first = promises.get(0);
                    return new Group(
                            first.fromName(),
                            first.communityName(),
                            municipality(first.municipalityJa(), first.municipalityEn(), locale),
                            UUID.randomUUID().toString(),
                            promises.stream()
                                    .map(promise -> line(promise, items, locale))
                                    .toList());
                })
                .toList();
    }

    private static PromiseLine line(OpenPromise promise, ItemCatalogue items, Locale locale) {
        Item item = items.getById(promise.item());
        return new PromiseLine(
                promise.id().value(),
                item.name(locale),
                promise.line()
                        .map(name -> name.externalId())
                        .orElse("#" + promise.lot().value()),
                promise.quantity().baseUnits(),
                item.show(promise.quantity(), locale));
    }

    private LoadView view(Response response, Load load, ItemCatalogue items, Locale locale) {
        return new LoadView(
                load.id().value(),
                load.communityName(),
                municipality(load.municipalityJa(), load.municipalityEn(), locale),
                load.sentAt().atZone(response.zone()),
                load.expectedAt().filter(time -> time.isBefore(current.now())).isPresent(),
                UUID.randomUUID().toString(),
                load.lines().stream().map(line -> view(line, items, locale)).toList());
    }

    private static LoadLineView view(LoadLine line, ItemCatalogue items, Locale locale) {
        Item item = items.getById(line.item());
        return new LoadLineView(
                line.lot().value(),
                item.name(locale),
                line.line()
                        .map(name -> name.externalId())
                        .orElse("#" + line.lot().value()),
                item.show(line.sent(), locale),
                item.show(line.onTheWay(), locale),
                line.onTheWay().baseUnits(),
                item.base().name(locale));
    }

    /** Sends the ticked promises, each as far as its quantity says. */
    @PostMapping("/send")
    String send(
            @RequestParam(defaultValue = "") List<Long> promise,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            Model model,
            Locale locale) {
        Response response = current.get();
        requireFor(response, promise);
        List<Stock.SendLine> lines = promise.stream()
                .map(id -> new Stock.SendLine(new ReservationId(id), quantity(all, "quantity-" + id)))
                .toList();
        return answer(stock.send(deed(response, "send", key), lines, Optional.empty()), "sent", model, locale);
    }

    /** Takes the ticked promises back. */
    @PostMapping("/cancel")
    String cancel(
            @RequestParam(defaultValue = "") List<Long> promise, @RequestParam String key, Model model, Locale locale) {
        Response response = current.get();
        requireFor(response, promise);
        return answer(
                stock.cancel(
                        deed(response, "cancel", key),
                        promise.stream().map(ReservationId::new).toList()),
                "cancelled",
                model,
                locale);
    }

    @GetMapping("/{id}")
    String load(@PathVariable long id, Model model, Locale locale) {
        Response response = current.get();
        Load load = getLoad(response, id);
        model.addAttribute("load", view(response, load, catalogue.current(), locale));
        model.addAttribute("arrived", !load.isUnderWay());
        return "dispatch/load";
    }

    /** Notes what arrived and how; what is named nowhere stays on the way. */
    @PostMapping("/{id}/receive")
    String receive(
            @PathVariable long id,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            Model model,
            Locale locale) {
        Response response = current.get();
        Load load = getLoad(response, id);
        List<ReceiptLine> lines = load.lines().stream()
                .map(line -> {
                    LotId lot = line.lot();
                    return new ReceiptLine(
                            lot,
                            quantity(all, "good-" + lot.value()),
                            quantity(all, "damaged-" + lot.value()),
                            quantity(all, "missing-" + lot.value()),
                            quantity(all, "refused-" + lot.value()),
                            quantity(all, "lost-" + lot.value()));
                })
                .filter(line -> !line.total().isZero())
                .toList();
        return answer(
                stock.receive(deed(response, "receive", key), new ConsignmentId(id), lines), "received", model, locale);
    }

    private Load getLoad(Response response, long id) {
        Load load = listing.findLoad(response.id(), new ConsignmentId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "dispatch.problem.load"));
        actor.require(Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(load.municipalityCode()));
        return load;
    }

    private String answer(Outcome<?> outcome, String done, Model model, Locale locale) {
        if (outcome.isDone()) {
            return "redirect:/r/" + current.get().code() + "/dispatch?done=" + done;
        }
        model.addAttribute(
                "reasons",
                outcome.reasons().stream()
                        .map(reason -> reason.message().in(locale))
                        .distinct()
                        .toList());
        return show("", "", model, locale);
    }

    private void requireFor(Response response, List<Long> promises) {
        if (promises.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.none");
        }
        for (String municipality : listing.listMunicipalitiesOf(
                response.id(), promises.stream().map(ReservationId::new).toList())) {
            actor.require(Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(municipality));
        }
    }

    private boolean mayMove(Response response, String municipality) {
        return actor.mayDo(Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(municipality));
    }

    private Deed deed(Response response, String what, String key) {
        if (!key.matches("[0-9a-f-]{36}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.form");
        }
        Instant now = current.now();
        return new Deed(response.id(), actor.person(), now, new IdempotencyKey("dispatch/" + what + "/" + key));
    }

    /** A quantity field; blank = nothing. */
    private static Quantity quantity(Map<String, String> all, String field) {
        String text = Optional.ofNullable(all.get(field)).orElse("").strip().replace(",", "");
        if (text.isEmpty()) {
            return Quantity.ZERO;
        }
        if (!text.matches("\\d{1,10}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.number");
        }
        return new Quantity(Long.parseLong(text));
    }

    private static String municipality(String ja, String en, Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }
}
