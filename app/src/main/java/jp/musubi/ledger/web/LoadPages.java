package jp.musubi.ledger.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.musubi.catalog.Catalogue;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.DispatchListing;
import jp.musubi.ledger.store.DispatchListing.Load;
import jp.musubi.ledger.web.DispatchViews.LoadView;
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

/** Loads on the way: what is in them, and what arrived. */
@Controller
@RequestMapping("/dispatch")
@Requires(Action.MOVE_STOCK)
class LoadPages {

    private final DispatchListing listing;
    private final Stock stock;
    private final Catalogue catalogue;
    private final LedgerForms forms;
    private final CurrentResponse current;
    private final CurrentActor actor;

    LoadPages(
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

    @GetMapping("/{id:\\d+}")
    String load(@PathVariable long id, Model model, Locale locale) {
        model.addAttribute("load", LoadView.of(getLoad(id), catalogue.current(), current.now(), locale));
        model.addAttribute("key", LedgerForms.newKey());
        return "dispatch/load";
    }

    /** Notes what arrived and how; what is named nowhere stays on the way. */
    @PostMapping("/{id:\\d+}/receive")
    String receive(
            @PathVariable long id,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String mark,
            RedirectAttributes redirect,
            Locale locale) {
        Load load = getLoad(id);
        Deed deed = forms.deed("receive", key);
        String page = "redirect:/r/" + current.get().code() + "/dispatch/" + id;
        if (!mark.isEmpty() && !mark.equals(load.mark()) && !listing.isPosted(deed.key())) {
            redirect.addFlashAttribute("changed", 1L);
            return page;
        }
        List<ReceiptLine> lines = load.lines().stream()
                .map(line -> {
                    LotId lot = line.lot();
                    return new ReceiptLine(
                            lot,
                            LedgerForms.quantity(all, "good-" + lot.value()),
                            LedgerForms.quantity(all, "damaged-" + lot.value()),
                            LedgerForms.quantity(all, "missing-" + lot.value()),
                            LedgerForms.quantity(all, "refused-" + lot.value()),
                            LedgerForms.quantity(all, "lost-" + lot.value()));
                })
                .filter(line -> !line.total().isZero())
                .toList();
        Outcome<?> outcome = stock.receive(deed, load.id(), lines);
        if (outcome.isDone()) {
            Notice.done("dispatch.done.received", 1).showOnNextPage(redirect);
        } else {
            redirect.addFlashAttribute("reasons", LedgerForms.reasons(outcome, locale));
        }
        return page;
    }

    /**
     * Notes that everything in the chosen loads arrived in good condition. A load that is not as the reader saw it is left
     * alone.
     *
     * @param load id and mark of each
     */
    @PostMapping("/receive-all")
    String receiveAll(
            @RequestParam(defaultValue = "") List<String> load,
            @RequestParam Map<String, String> all,
            @RequestParam String key,
            RedirectAttributes redirect,
            Locale locale) {
        if (load.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.none");
        }
        Deed deed = forms.deed("receive", key);
        long done = 0;
        long changed = 0;
        List<String> reasons = new ArrayList<>();
        for (String value : load) {
            if (!value.matches("\\d{1,18}:\\d{1,18}")) {
                throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.form");
            }
            String[] parts = value.split(":");
            Load now = getLoad(Long.parseLong(parts[0]));
            Deed part = LedgerForms.part(deed, parts[0]);
            if (listing.isPosted(part.key())) {
                done++;
            } else if (!now.mark().equals(parts[1])) {
                changed++;
            } else {
                Outcome<?> outcome = stock.receive(
                        part,
                        now.id(),
                        now.lines().stream()
                                .filter(line -> !line.onTheWay().isZero())
                                .map(line -> ReceiptLine.good(line.lot(), line.onTheWay()))
                                .toList());
                if (outcome.isDone()) {
                    done++;
                } else {
                    reasons.addAll(LedgerForms.reasons(outcome, locale));
                }
            }
        }
        if (done > 0) {
            Notice.done("dispatch.done.received", done).showOnNextPage(redirect);
        }
        redirect.addFlashAttribute("changed", changed);
        redirect.addFlashAttribute("reasons", reasons);
        return "redirect:" + DispatchAddress.of(current.get().code(), "underway", all);
    }

    private Load getLoad(long id) {
        Response response = current.get();
        Load load = listing.findLoad(response.id(), new ConsignmentId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "dispatch.problem.load"));
        actor.require(Action.MOVE_STOCK, Scope.of(response.id()).inMunicipality(load.municipalityCode()));
        return load;
    }
}
