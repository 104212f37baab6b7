package jp.musubi.ledger.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.LedgerRules;
import jp.musubi.ledger.LossReason;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.ledger.Use;
import jp.musubi.ledger.store.DispatchListing;
import jp.musubi.ledger.store.LotListing;
import jp.musubi.ledger.store.LotListing.Held;
import jp.musubi.ledger.store.LotListing.LotAndPlaces;
import jp.musubi.ledger.store.LotListing.Place;
import jp.musubi.ledger.store.LotListing.Step;
import jp.musubi.ledger.web.LotViews.LotView;
import jp.musubi.ledger.web.LotViews.StepView;
import jp.musubi.place.Hub;
import jp.musubi.place.HubState;
import jp.musubi.place.Hubs;
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

/** One lot: where its units are, what happened to them, and what else can: arrival, use, loss, taking back. */
@Controller
@RequestMapping("/donors/lots/{lot:\\d+}")
@Requires(Action.MOVE_STOCK)
class LotPages {

    private static final int STEPS_SHOWN = 100;

    private final LotListing listing;
    private final DispatchListing postings;
    private final Stock stock;
    private final Hubs hubs;
    private final Catalogue catalogue;
    private final LedgerForms forms;
    private final CurrentResponse current;
    private final CurrentActor actor;

    LotPages(
            LotListing listing,
            DispatchListing postings,
            Stock stock,
            Hubs hubs,
            Catalogue catalogue,
            LedgerForms forms,
            CurrentResponse current,
            CurrentActor actor) {
        this.listing = listing;
        this.postings = postings;
        this.stock = stock;
        this.hubs = hubs;
        this.catalogue = catalogue;
        this.forms = forms;
        this.current = current;
        this.actor = actor;
    }

    /** A hub that announced goods may have come to. */
    record HubChoice(long id, String name, boolean expected) {}

    @GetMapping
    String show(@PathVariable long lot, Model model, Locale locale) {
        LotAndPlaces found = getVisible(lot);
        model.addAttribute("lot", LotView.of(found, catalogue.current(), locale, this::mayMoveAt));
        model.addAttribute("hubs", hubs(found));
        model.addAttribute("reasonsOfLoss", List.of(LossReason.DAMAGED, LossReason.LOST, LossReason.EXPIRED));
        model.addAttribute(
                "steps",
                listing.listSteps(found.lot().id(), STEPS_SHOWN).stream()
                        .map(step -> StepView.of(step, catalogue.current(), locale))
                        .toList());
        model.addAttribute("stepsShown", STEPS_SHOWN);
        model.addAttribute("key", LedgerForms.newKey());
        return "dispatch/lot";
    }

    /** Announced goods have come to a hub. */
    @PostMapping("/arrive")
    String arrive(
            @PathVariable long lot,
            @RequestParam long hub,
            @RequestParam Map<String, String> all,
            RedirectAttributes redirect,
            Locale locale) {
        LotAndPlaces found = getVisible(lot);
        Hub to = hubs.listHubs(current.get().id()).stream()
                .filter(each -> each.id().value() == hub)
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request"));
        requireAt(Optional.of(to.details().municipality().value()));
        return moved(
                "arrived",
                found,
                "ANNOUNCED-0",
                all,
                redirect,
                locale,
                (deed, held, quantity) -> stock.arrive(deed, found.lot().id(), to.id(), quantity));
    }

    /** What lies in a community, a fund or an activity was used for what it was given for. */
    @PostMapping("/consume")
    String consume(
            @PathVariable long lot,
            @RequestParam String at,
            @RequestParam Map<String, String> all,
            RedirectAttributes redirect,
            Locale locale) {
        LotAndPlaces found = getVisible(lot);
        return moved(
                "consumed",
                found,
                at,
                all,
                redirect,
                locale,
                (deed, held, quantity) -> stock.move(
                        deed,
                        Cause.CONSUMED,
                        List.of(new Movement(
                                found.lot().id(), held.place().account(), new Account.Consumed(Use.USED), quantity))));
    }

    /** What lies somewhere is damaged, lost or past its date. */
    @PostMapping("/write-off")
    String writeOff(
            @PathVariable long lot,
            @RequestParam String at,
            @RequestParam LossReason reason,
            @RequestParam(defaultValue = "") String confirm,
            @RequestParam Map<String, String> all,
            RedirectAttributes redirect,
            Locale locale) {
        LotAndPlaces found = getVisible(lot);
        if (!confirm.strip()
                .equals(DispatchViews.lotName(found.lot().named(), found.lot().id()))) {
            redirect.addFlashAttribute("unconfirmed", true);
            redirect.addFlashAttribute("typed", all);
            return page(lot);
        }
        return moved(
                "written-off",
                found,
                at,
                all,
                redirect,
                locale,
                (deed, held, quantity) -> stock.move(
                        deed,
                        Cause.WRITTEN_OFF,
                        List.of(new Movement(
                                found.lot().id(), held.place().account(), new Account.Lost(reason), quantity))));
    }

    /** What one posting did, and what taking it back will do. */
    @GetMapping("/postings/{posting:\\d+}")
    String posting(@PathVariable long lot, @PathVariable long posting, Model model, Locale locale) {
        LotAndPlaces found = getVisible(lot);
        Step step = getStep(posting);
        model.addAttribute("lot", LotView.of(found, catalogue.current(), locale, this::mayMoveAt));
        model.addAttribute("step", StepView.of(step, catalogue.current(), locale));
        model.addAttribute("mayReverse", mayReverse(step));
        model.addAttribute("key", LedgerForms.newKey());
        return "dispatch/posting";
    }

    /** Takes a posting back by a posting that says so. */
    @PostMapping("/postings/{posting:\\d+}/reverse")
    String reverse(
            @PathVariable long lot,
            @PathVariable long posting,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String confirm,
            RedirectAttributes redirect,
            Locale locale) {
        getVisible(lot);
        Step step = getStep(posting);
        String page = page(lot) + "/postings/" + posting;
        if (!confirm.strip().equals(String.valueOf(posting))) {
            redirect.addFlashAttribute("unconfirmed", true);
            return page;
        }
        step.moves().stream()
                .flatMap(move -> Stream.of(move.from(), move.to()))
                .filter(place -> place.account().isInside())
                .forEach(place -> requireAt(place.municipality()));
        Outcome<?> outcome = stock.reverse(forms.deed("reverse", key), step.posting());
        if (outcome.isDone()) {
            Notice.done("lots.done.reversed").showOnNextPage(redirect);
            return page(lot);
        }
        redirect.addFlashAttribute("reasons", LedgerForms.reasons(outcome, locale));
        return page;
    }

    private interface Doing {
        Outcome<?> apply(Deed deed, Held held, Quantity quantity);
    }

    /**
     * Does something with units that lie in one account, if that account is as the reader saw it.
     *
     * @param at kind and reference of the account
     */
    private String moved(
            String what,
            LotAndPlaces lot,
            String at,
            Map<String, String> all,
            RedirectAttributes redirect,
            Locale locale,
            Doing doing) {
        long id = lot.lot().id().value();
        Held held = lot.places().stream()
                .filter(each -> LotViews.key(each.place().account()).equals(at))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.form"));
        requireAt(whereToAsk(lot, held.place()));
        Deed deed = forms.deed(what, all.getOrDefault("key", ""));
        if (!postings.isPosted(deed.key()) && !held.mark().equals(all.getOrDefault("mark", ""))) {
            redirect.addFlashAttribute("changed", 1L);
            return page(id);
        }
        Quantity quantity = LedgerForms.quantity(all, "quantity");
        if (quantity.isZero()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.number");
        }
        Outcome<?> outcome = doing.apply(deed, held, quantity);
        if (outcome.isDone()) {
            Item item = catalogue.current().getById(lot.lot().item());
            Notice.done("lots.done." + what, item.show(quantity, locale)).showOnNextPage(redirect);
        } else {
            redirect.addFlashAttribute("reasons", LedgerForms.reasons(outcome, locale));
        }
        return page(id);
    }

    private boolean mayReverse(Step step) {
        boolean possible =
                LedgerRules.isReversible(step.cause()) && step.reversedBy().isEmpty();
        return possible
                && step.moves().stream()
                        .flatMap(move -> Stream.of(move.from(), move.to()))
                        .filter(place -> place.account().isInside())
                        .allMatch(place -> mayMoveAt(place.municipality()));
    }

    private Step getStep(long posting) {
        return listing.findStep(current.get().id(), new PostingId(posting))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "lots.problem.posting"));
    }

    /** A lot is seen by whoever may move stock where some of its units are, were going to, or everywhere. */
    private LotAndPlaces getVisible(long id) {
        Response response = current.get();
        LotAndPlaces found = listing.findLot(response.id(), new LotId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "lots.problem.lot"));
        boolean visible = mayMoveAt(Optional.empty())
                || found.places().stream().anyMatch(held -> mayMoveAt(whereToAsk(found, held.place())));
        if (!visible) {
            actor.require(Action.MOVE_STOCK, Scope.of(response.id()));
        }
        return found;
    }

    /** Announced goods belong to the region of the hub they are meant for. */
    private Optional<String> whereToAsk(LotAndPlaces lot, Place place) {
        if (!(place.account() instanceof Account.Announced)) {
            return place.municipality();
        }
        return lot.lot()
                .terms()
                .hub()
                .flatMap(hubs::find)
                .map(hub -> hub.details().municipality().value());
    }

    private boolean mayMoveAt(Optional<String> municipality) {
        return actor.mayDo(Action.MOVE_STOCK, scope(municipality));
    }

    private void requireAt(Optional<String> municipality) {
        actor.require(Action.MOVE_STOCK, scope(municipality));
    }

    private Scope scope(Optional<String> municipality) {
        Scope whole = Scope.of(current.get().id());
        return municipality.map(whole::inMunicipality).orElse(whole);
    }

    /** The hub a lot is meant for comes first; hubs that are closed take nothing in. */
    private List<HubChoice> hubs(LotAndPlaces lot) {
        boolean announced = lot.lot().substance() == Substance.GOODS
                && lot.places().stream()
                        .anyMatch(held -> held.place().account() instanceof Account.Announced
                                && !held.onHand().isZero());
        List<HubChoice> choices = new ArrayList<>();
        if (announced) {
            for (Hub hub : hubs.listHubs(current.get().id())) {
                boolean expected = lot.lot().terms().hub().equals(Optional.of(hub.id()));
                if (hub.details().state() != HubState.CLOSED
                        && mayMoveAt(Optional.of(hub.details().municipality().value()))) {
                    choices.add(
                            expected ? 0 : choices.size(),
                            new HubChoice(hub.id().value(), hub.details().name(), expected));
                }
            }
        }
        return choices;
    }

    private String page(long lot) {
        return "redirect:/r/" + current.get().code() + "/donors/lots/" + lot;
    }
}
