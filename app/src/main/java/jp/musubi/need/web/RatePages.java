package jp.musubi.need.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.store.AuditList;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Edits;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.EstimateRate;
import jp.musubi.need.Priority;
import jp.musubi.need.store.EstimateRates;
import jp.musubi.need.store.EstimateRates.KeptRate;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The rate by which an item's needs are estimated, to put right. Rates hold for all responses, so only somebody who may
 * edit needs everywhere changes one.
 */
@Controller
@RequestMapping("/needs/rates/{code}")
@Requires(Action.EDIT_NEEDS)
class RatePages {

    private static final List<String> FIELDS = List.of(
            "basis",
            "quantity",
            "perPeople",
            "perDays",
            "coverDays",
            "share",
            "priority",
            "deadlineHours",
            "sureness",
            "sourceJa",
            "sourceEn");

    private final EstimateRates rates;
    private final Catalogue catalogue;
    private final AuditList audit;
    private final Edits edits;
    private final CurrentActor actor;
    private final Frame frame;
    private final TransactionTemplate transaction;

    RatePages(
            EstimateRates rates,
            Catalogue catalogue,
            AuditList audit,
            Edits edits,
            CurrentActor actor,
            Frame frame,
            TransactionTemplate transaction) {
        this.rates = rates;
        this.catalogue = catalogue;
        this.audit = audit;
        this.edits = edits;
        this.actor = actor;
        this.frame = frame;
        this.transaction = transaction;
    }

    @GetMapping
    ModelAndView show(@PathVariable String code, Locale locale) {
        Item item = item(code);
        return page(item, form(rates.findRate(item.code())), HttpStatus.OK, locale);
    }

    @PostMapping
    ModelAndView change(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        Item item = item(code);
        SentForm form = SentForm.of(sent);
        Optional<EstimateRate> changed = read(item, form);
        if (changed.isEmpty()) {
            return page(item, form, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        try {
            transaction.executeWithoutResult(status -> {
                Optional<KeptRate> before = rates.findRate(item.code());
                rates.change(
                        changed.get(), form.version() < 0 ? OptionalLong.empty() : OptionalLong.of(form.version()));
                edits.record(
                        Optional.empty(),
                        "estimate_rate",
                        item.id().value(),
                        before.isPresent() ? "correct" : "create",
                        before.map(kept -> values(kept.rate())).orElse(Map.of()),
                        values(changed.get()));
            });
        } catch (ChangedMeanwhile e) {
            Optional<KeptRate> stored = rates.findRate(item.code());
            form.set(
                    "version", stored.map(kept -> Long.toString(kept.version())).orElse(""));
            ModelAndView page = page(item, form, HttpStatus.CONFLICT, locale);
            page.addObject("theirs", form(stored));
            return page;
        }
        Notice.done("admin.saved").showOnNextPage(redirect);
        return new ModelAndView(
                "redirect:" + frame.to("/needs/rates/" + item.code().value()));
    }

    private Item item(String code) {
        actor.require(Action.EDIT_NEEDS, Scope.installation());
        return Optional.of(code)
                .filter(ItemCode::isCode)
                .flatMap(known -> catalogue.current().findByCode(new ItemCode(known)))
                .filter(item -> item.group().isGoods())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    private static SentForm form(Optional<KeptRate> kept) {
        if (kept.isEmpty()) {
            return SentForm.with(
                    Map.of("perPeople", "1", "coverDays", "1", "priority", "3", "sureness", "UNCONFIRMED"));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        values(kept.get().rate()).forEach((field, value) -> fields.put(field, value.toString()));
        fields.put("version", Long.toString(kept.get().version()));
        return SentForm.with(fields);
    }

    /** The fields of a rate, blank where it has none; the same in the form and in the history. */
    private static Map<String, Object> values(EstimateRate rate) {
        Map<String, Object> values = new TreeMap<>();
        values.put("basis", rate.basis().name());
        values.put("quantity", rate.quantity().stripTrailingZeros().toPlainString());
        values.put("perPeople", rate.perPeople());
        values.put("perDays", rate.perDays().isPresent() ? rate.perDays().getAsInt() : "");
        values.put("coverDays", rate.coverDays());
        values.put(
                "share",
                rate.shareOfPeople()
                        .map(share -> share.stripTrailingZeros().toPlainString())
                        .orElse(""));
        values.put("priority", rate.priority().number());
        values.put("deadlineHours", rate.deadline().toHours());
        values.put("sureness", rate.sureness().name());
        values.put("sourceJa", rate.sourceJa());
        values.put("sourceEn", rate.sourceEn());
        return values;
    }

    private static Optional<EstimateRate> read(Item item, SentForm form) {
        Optional<EstimateRate.Basis> basis = form.oneOf("basis", EstimateRate.Basis.class);
        Optional<Sureness> sureness = form.oneOf("sureness", Sureness.class);
        Optional<String> priority = form.oneOf("priority", Set.of("1", "2", "3", "4"));
        BigDecimal quantity = decimal(form, "quantity", new BigDecimal("0.0001"), new BigDecimal(10_000_000));
        long perPeople = whole(form, "perPeople", 1_000_000);
        OptionalInt perDays = form.value("perDays").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(whole(form, "perDays", 365)));
        long coverDays = whole(form, "coverDays", 365);
        Optional<BigDecimal> share = form.value("share").isEmpty()
                ? Optional.empty()
                : Optional.of(decimal(form, "share", new BigDecimal("0.00001"), BigDecimal.ONE));
        long deadline = whole(form, "deadlineHours", 8760);
        String sourceJa = form.required("sourceJa", 300);
        String sourceEn = form.required("sourceEn", 300);
        if (!form.isValid()) {
            return Optional.empty();
        }
        return Optional.of(new EstimateRate(
                item.code(),
                basis.orElseThrow(),
                quantity,
                perPeople,
                perDays,
                Math.toIntExact(coverDays),
                share,
                Priority.of(Integer.parseInt(priority.orElseThrow())),
                Duration.ofHours(deadline),
                sureness.orElseThrow(),
                sourceJa,
                sourceEn));
    }

    /** A whole number from 1; 1 after an error. */
    private static long whole(SentForm form, String field, long most) {
        String value = form.required(field, 10);
        if (value.matches("\\d{1,9}") && Long.parseLong(value) >= 1 && Long.parseLong(value) <= most) {
            return Long.parseLong(value);
        }
        form.reject(field, "form.range", 1, most);
        return 1;
    }

    /** A number between two limits; 1 after an error. */
    private static BigDecimal decimal(SentForm form, String field, BigDecimal least, BigDecimal most) {
        String value = form.required(field, 20);
        if (value.matches("\\d{1,9}(\\.\\d{1,5})?")) {
            BigDecimal number = new BigDecimal(value);
            if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        }
        form.reject(field, "form.range", least.toPlainString(), most.toPlainString());
        return BigDecimal.ONE;
    }

    private ModelAndView page(Item item, SentForm form, HttpStatus status, Locale locale) {
        ModelAndView page = new ModelAndView("needs/rate");
        page.setStatus(status);
        page.addObject("form", form);
        page.addObject("item", item.name(locale));
        page.addObject("code", item.code().value());
        page.addObject("itemId", item.id().value());
        page.addObject("base", item.base().name(locale));
        page.addObject("bases", EstimateRate.Basis.values());
        page.addObject(
                "surenesses", List.of(Sureness.VERIFIED, Sureness.SECONDARY, Sureness.ASSUMED, Sureness.UNCONFIRMED));
        page.addObject("fields", FIELDS);
        page.addObject(
                "history",
                audit.listChanges(
                                new AuditList.Filter(
                                        Optional.empty(),
                                        Optional.of("estimate_rate"),
                                        Optional.of(item.id().value()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                1,
                                20)
                        .lines());
        return page;
    }
}
