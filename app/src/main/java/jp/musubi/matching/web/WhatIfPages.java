package jp.musubi.matching.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.Plans;
import jp.musubi.matching.WhatIf;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.web.PlanQuestions.Answer;
import jp.musubi.matching.web.PlanQuestions.Question;
import jp.musubi.matching.web.PlanningDesk.More;
import jp.musubi.place.Hub;
import jp.musubi.place.Hubs;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.Position;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/** {@code /plan/N/what-if}: who would get what if there were more of an item somewhere, or of a hub's time. */
@Controller
@Requires(Action.PLAN)
class WhatIfPages {

    private static final int MOST_KILOGRAMS = 1_000_000;
    private static final int USUAL_TRUCK_KILOGRAMS = 2000;
    private static final String USUAL_QUANTITY = "1000";

    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Plans plans;
    private final PlanListing listing;
    private final PlanRuns runs;
    private final Catalogue catalogue;
    private final Hubs hubs;
    private final Municipalities municipalities;
    private final Frame frame;

    WhatIfPages(
            CurrentResponse response,
            CurrentActor actor,
            Plans plans,
            PlanListing listing,
            PlanRuns runs,
            Catalogue catalogue,
            Hubs hubs,
            Municipalities municipalities,
            Frame frame) {
        this.response = response;
        this.actor = actor;
        this.plans = plans;
        this.listing = listing;
        this.runs = runs;
        this.catalogue = catalogue;
        this.hubs = hubs;
        this.municipalities = municipalities;
        this.frame = frame;
    }

    @ModelAttribute("base")
    String base() {
        return frame.to("/plan");
    }

    /** A place to choose: {@code h} and a hub's number, or {@code m} and a municipality's code. */
    record Choice(String value, String name) {}

    /**
     * What one need would get instead.
     *
     * @param item what is needed
     * @param gets, wouldGet with the unit
     */
    record Row(String community, String item, String gets, String wouldGet, boolean more) {}

    @GetMapping("/plan/{number:\\d+}/what-if")
    String whatIf(
            @PathVariable int number, @RequestParam MultiValueMap<String, String> sent, Model model, Locale locale) {
        Response here = response.get();
        actor.require(Action.PLAN, Scope.of(here.id()));
        PlanHead plan = plans.findByNumber(here.id(), number)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan", number));
        if (plan.input().isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "problem.no-plan-input", number);
        }
        List<Hub> all = hubs.listHubs(here.id());
        boolean limited = plan.policy()
                .filter(use -> use.terms().values().limits().days() > 0)
                .isPresent();
        SentForm form = SentForm.of(sent);
        model.addAttribute("plan", plan);
        model.addAttribute("form", form);
        model.addAttribute("items", listing.listItems(plan.id()));
        model.addAttribute("hubs", all);
        model.addAttribute("limitedHubs", limited ? listLimited(all) : List.of());
        model.addAttribute("towns", towns(locale));
        Optional<More> more = form.value("kind").isEmpty() ? Optional.empty() : read(form, all, limited);
        if (form.value("quantity").isEmpty()) {
            form.set("quantity", USUAL_QUANTITY);
        }
        if (form.value("kilograms").isEmpty()) {
            form.set("kilograms", Integer.toString(USUAL_TRUCK_KILOGRAMS));
        }
        if (more.isPresent()) {
            PlanRuns.Run run = runs.ask(
                    here,
                    plan,
                    new Question.Suppose(more.get()),
                    "/" + number + "/what-if?" + asked(form),
                    actor.person());
            Optional<Answer> answer = run.answerAtOnce();
            if (answer.isEmpty()) {
                return "redirect:/plan/runs/" + run.id();
            }
            if (answer.get() instanceof Answer.Effect effect) {
                show(effect, more.get(), model, locale);
            } else {
                form.reject("hub", "plan.what-if.no-limit");
            }
        }
        return "plan-what-if";
    }

    /** The question as the address says it: whoever has the address, or comes back to it, has the answer. */
    private static String asked(SentForm form) {
        return Stream.of("kind", "item", "quantity", "place", "hub", "kilograms")
                .filter(field -> !form.value(field).isEmpty())
                .map(field -> field + "=" + UriUtils.encode(form.value(field), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static List<Hub> listLimited(List<Hub> hubs) {
        return hubs.stream()
                .filter(hub -> hub.details().perDay().kilograms().isPresent())
                .toList();
    }

    private List<Choice> towns(Locale locale) {
        MunicipalityDirectory directory = municipalities.directory();
        boolean english = locale.getLanguage().equals("en");
        return directory.listMunicipalities().stream()
                .sorted(Comparator.comparing(Municipality::code))
                .map(town -> new Choice("m" + town.code(), directory.fullName(town, english)))
                .toList();
    }

    /** Empty if the form has errors. */
    private Optional<More> read(SentForm form, List<Hub> all, boolean limited) {
        if (form.value("kind").equals("time") && limited) {
            Optional<Hub> hub = listLimited(all).stream()
                    .filter(each ->
                            form.value("hub").equals(Long.toString(each.id().value())))
                    .findFirst();
            if (hub.isEmpty()) {
                form.reject("hub", "form.choose");
            }
            double kilograms = form.number("kilograms", 1, MOST_KILOGRAMS);
            return form.isValid() && hub.isPresent()
                    ? Optional.of(new More.HubTime(hub.get().id(), kilograms))
                    : Optional.empty();
        }
        Optional<Item> item = Optional.of(form.value("item"))
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> catalogue.current().findById(new ItemId(Long.parseLong(id))));
        if (item.isEmpty()) {
            form.reject("item", "form.choose");
        }
        double quantity = form.number("quantity", 1, Quantity.LARGEST);
        if (quantity != Math.rint(quantity) && !Double.isNaN(quantity)) {
            form.reject("quantity", "policy.whole");
        }
        Optional<Position> place = place(form.value("place"), all);
        if (place.isEmpty()) {
            form.reject("place", "form.choose");
        }
        return form.isValid() && item.isPresent() && place.isPresent()
                ? Optional.of(new More.Goods(item.get().id(), (long) quantity, place.get()))
                : Optional.empty();
    }

    private Optional<Position> place(String value, List<Hub> all) {
        if (value.startsWith("h")) {
            return all.stream()
                    .filter(hub -> value.equals("h" + hub.id().value()))
                    .findFirst()
                    .map(hub -> hub.details().position());
        }
        return municipalities.directory().listMunicipalities().stream()
                .filter(town -> value.equals("m" + town.code()))
                .findFirst()
                .map(town -> town.centre().orElse(town.point()));
    }

    private void show(Answer.Effect effect, More more, Model model, Locale locale) {
        Map<NeedKey, String> places = listing.listPlaces(
                effect.changes().stream().map(WhatIf.Change::need).toList());
        ItemCatalogue items = catalogue.current();
        Map<String, Optional<Item>> itemOf = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (WhatIf.Change change : effect.changes()) {
            String needed = effect.items().getOrDefault(change.need(), "");
            Optional<Item> item = needed.isEmpty()
                    ? Optional.empty()
                    : itemOf.computeIfAbsent(needed, id -> items.findById(new ItemId(Long.parseLong(id))));
            rows.add(new Row(
                    places.getOrDefault(change.need(), "–"),
                    item.map(found -> found.name(locale)).orElse("–"),
                    amount(item, change.gets(), locale),
                    amount(item, change.wouldGet(), locale),
                    change.wouldGet() > change.gets()));
        }
        model.addAttribute("effect", effect);
        model.addAttribute("asked", more instanceof More.Goods goods ? goods.quantity() : 0);
        model.addAttribute("rows", rows);
    }

    private static String amount(Optional<Item> item, long units, Locale locale) {
        return item.map(found -> found.show(new Quantity(units), locale)).orElseGet(() -> Long.toString(units));
    }
}
