package jp.musubi.matching.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyBook;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The policies that plans are made by: what their values mean, how they became what they are, and the next version.
 * Whoever sees operations reads them; whoever administers the response decides.
 */
@Controller
@RequestMapping("/plan/policies")
@Requires(Action.VIEW_OPERATIONS)
class PolicyPages {

    private static final List<String> FIELDS = List.of(
            "nameJa",
            "nameEn",
            "equity",
            "communities",
            "municipalities",
            "protectedPeople",
            "hubDays",
            "kilogramsPerHour",
            "wholePacks",
            "leastShipmentKg",
            "coldHours",
            "shelfLife",
            "substitutes",
            "substituteKm");

    private final CurrentResponse response;
    private final Responses responses;
    private final CurrentActor actor;
    private final Policies policies;
    private final Catalogue catalogue;
    private final PolicyWords words;
    private final People people;
    private final Frame frame;
    private final Clock realTime;

    PolicyPages(
            CurrentResponse response,
            Responses responses,
            CurrentActor actor,
            Policies policies,
            Catalogue catalogue,
            PolicyWords words,
            People people,
            Frame frame,
            Clock realTime) {
        this.response = response;
        this.responses = responses;
        this.actor = actor;
        this.policies = policies;
        this.catalogue = catalogue;
        this.words = words;
        this.people = people;
        this.frame = frame;
        this.realTime = realTime;
    }

    /** Where these pages are, in the current response. */
    @ModelAttribute("base")
    String base() {
        return frame.to("/plan/policies");
    }

    @ModelAttribute("mayDecide")
    boolean mayDecide() {
        return actor.mayDo(Action.ADMINISTER, Scope.of(response.get().id()));
    }

    /** Names of those who decided, for templates. */
    @ModelAttribute("deciders")
    Deciders deciders() {
        return version -> version.by().map(people::getName).orElse("");
    }

    /** Who decided a version; empty for what comes with the program. */
    @FunctionalInterface
    interface Deciders {
        String of(PolicyVersion version);
    }

    @GetMapping
    ModelAndView list() {
        PolicyBook book = book();
        ModelAndView page = new ModelAndView("policies/list");
        page.addObject("policies", book.listNewest());
        page.addObject(
                "inForce",
                book.listInForce(frame.now()).stream()
                        .collect(Collectors.toMap(PolicyVersion::key, PolicyVersion::version)));
        return page;
    }

    @GetMapping("/{key}")
    String newest(@PathVariable String key) {
        PolicyVersion newest = newestOf(key);
        return "redirect:" + frame.to("/plan/policies/" + newest.key() + "/" + newest.version());
    }

    @GetMapping("/{key}/{version:\\d{1,6}}")
    ModelAndView show(@PathVariable String key, @PathVariable int version, Locale locale) {
        PolicyBook book = book();
        PolicyVersion policy = find(book, key, version);
        ModelAndView page = new ModelAndView("policies/policy");
        page.addObject("policy", policy);
        page.addObject("lines", words.lines(policy.terms(), locale));
        page.addObject("versions", book.listVersions(key));
        page.addObject(
                "inForce",
                book.findInForce(key, frame.now()).map(PolicyVersion::version).orElse(0));
        return page;
    }

    @GetMapping("/{key}/compare")
    ModelAndView compare(@PathVariable String key, @RequestParam int from, @RequestParam int to, Locale locale) {
        PolicyBook book = book();
        PolicyVersion before = find(book, key, from);
        PolicyVersion after = find(book, key, to);
        ModelAndView page = new ModelAndView("policies/compare");
        page.addObject("before", before);
        page.addObject("after", after);
        page.addObject("differences", words.differences(before.terms(), after.terms(), locale));
        return page;
    }

    @GetMapping("/new")
    @Requires(Action.ADMINISTER)
    ModelAndView blank(Locale locale) {
        requireDecider();
        SentForm form = PolicyForm.of(PolicyVersion.STANDARD);
        form.remove("nameJa");
        form.remove("nameEn");
        form.set("version", "0");
        return form(Optional.empty(), form, HttpStatus.OK, locale);
    }

    @GetMapping("/{key}/next")
    @Requires(Action.ADMINISTER)
    ModelAndView next(@PathVariable String key, Locale locale) {
        requireDecider();
        PolicyVersion newest = newestOf(key);
        return form(Optional.of(newest), PolicyForm.of(newest), HttpStatus.OK, locale);
    }

    @PostMapping
    @Requires(Action.ADMINISTER)
    ModelAndView create(@RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect, Locale locale) {
        return decide(Optional.empty(), freeKey(), SentForm.of(sent), redirect, locale);
    }

    @PostMapping("/{key}")
    @Requires(Action.ADMINISTER)
    ModelAndView change(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        return decide(Optional.of(newestOf(key)), key, SentForm.of(sent), redirect, locale);
    }

    /** Reads the form, shows what would change, and writes it once that was seen and confirmed. */
    private ModelAndView decide(
            Optional<PolicyVersion> newest, String key, SentForm form, RedirectAttributes redirect, Locale locale) {
        Response here = requireDecider();
        PolicyVersion before = newest.orElse(PolicyVersion.STANDARD);
        Optional<PolicyVersion> read = PolicyForm.read(
                form,
                new PolicyForm.Setting(
                        key,
                        before,
                        newest.map(PolicyVersion::version).orElse(0) + 1,
                        here.zone(),
                        frame.now(),
                        realTime.instant(),
                        actor.person(),
                        items().stream()
                                .map(item -> Long.toString(item.id().value()))
                                .collect(Collectors.toSet())));
        if (read.isEmpty()) {
            return form(newest, form, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        if (form.value("step").equals("edit")) {
            return form(newest, form, HttpStatus.OK, locale);
        }
        if (newest.isPresent() && form.version() != newest.get().version()) {
            return overtaken(newest, form, locale);
        }
        if (!form.value("step").equals("confirmed")) {
            return confirm(before, read.get(), form, locale);
        }
        try {
            policies.add(here.id(), read.get());
        } catch (ChangedMeanwhile e) {
            return overtaken(Optional.of(newestOf(key)), form, locale);
        }
        Notice.done("policy.decided", read.get().version()).showOnNextPage(redirect);
        return new ModelAndView("redirect:"
                + frame.to("/plan/policies/" + key + "/" + read.get().version()));
    }

    private ModelAndView confirm(PolicyVersion before, PolicyVersion after, SentForm form, Locale locale) {
        ModelAndView page = new ModelAndView("policies/confirm");
        page.addObject("before", before);
        page.addObject("after", after);
        page.addObject("differences", words.differences(before.terms(), after.terms(), locale));
        page.addObject("form", form);
        page.addObject("target", after.version() == 1 ? base() : base() + "/" + after.key());
        page.addObject("fields", fieldsWithRows());
        return page;
    }

    private ModelAndView overtaken(Optional<PolicyVersion> newest, SentForm form, Locale locale) {
        form.set("version", Integer.toString(newest.map(PolicyVersion::version).orElse(0)));
        ModelAndView page = form(newest, form, HttpStatus.CONFLICT, locale);
        newest.ifPresent(theirs -> page.addObject("theirs", PolicyForm.of(theirs)));
        return page;
    }

    private ModelAndView form(Optional<PolicyVersion> newest, SentForm form, HttpStatus status, Locale locale) {
        ModelAndView page = new ModelAndView("policies/form");
        page.setStatus(status);
        page.addObject("known", newest.orElse(null));
        page.addObject("form", form);
        page.addObject("fields", FIELDS);
        page.addObject("rows", PolicyForm.rows(form));
        page.addObject(
                "items",
                items().stream()
                        .map(item -> Map.of("id", Long.toString(item.id().value()), "name", item.name(locale)))
                        .toList());
        page.addObject("target", newest.map(known -> base() + "/" + known.key()).orElseGet(this::base));
        page.addObject("now", frame.now());
        return page;
    }

    /** All fields that a confirmation carries on. */
    private static List<String> fieldsWithRows() {
        List<String> fields = new ArrayList<>(FIELDS);
        PolicyForm.allRows().forEach(row -> fields.addAll(List.of("item" + row, "hours" + row)));
        fields.addAll(List.of("validFrom", "reason", "version"));
        return fields;
    }

    private List<Item> items() {
        return catalogue.current().listItems().stream()
                .filter(item -> item.group().isGoods())
                .toList();
    }

    /** Policies of one's own are numbered: their names may change, their addresses do not. */
    private String freeKey() {
        List<String> taken =
                book().listNewest().stream().map(PolicyVersion::key).toList();
        int number = taken.size() + 1;
        while (taken.contains("policy-" + number)) {
            number++;
        }
        return "policy-" + number;
    }

    private PolicyBook book() {
        return policies.read(here().id());
    }

    private PolicyVersion newestOf(String key) {
        return book().listVersions(key).stream()
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-policy-version"));
    }

    private static PolicyVersion find(PolicyBook book, String key, int version) {
        return book.find(key, version)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-policy-version"));
    }

    private Response here() {
        Response found = response.get();
        actor.require(Action.VIEW_OPERATIONS, Scope.of(found.id()));
        return found;
    }

    private Response requireDecider() {
        Response found = response.get();
        actor.require(Action.ADMINISTER, Scope.of(found.id()));
        responses.requireOpen(found.id());
        return found;
    }
}
