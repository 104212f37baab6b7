package jp.musubi.matching.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.FarEnd;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.Plans;
import jp.musubi.matching.store.PlanListing.Name;
import jp.musubi.matching.store.PlanPlaces;
import jp.musubi.matching.web.PlanQuestions.Answer;
import jp.musubi.matching.web.PlanQuestions.Question;
import jp.musubi.matching.web.PlanRuns.Run;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /plan/N/coverage}: how much each community gets in a plan, and what levelling all would give it. */
@Controller
@Requires(Action.PLAN)
class CoveragePages {

    static final int MOST_COMMUNITIES = 100;
    private static final int MOST_MUNICIPALITIES = 300;

    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Plans plans;
    private final PlanRuns runs;
    private final PlanPlaces places;
    private final Municipalities municipalities;
    private final Frame frame;

    CoveragePages(
            CurrentResponse response,
            CurrentActor actor,
            Plans plans,
            PlanRuns runs,
            PlanPlaces places,
            Municipalities municipalities,
            Frame frame) {
        this.response = response;
        this.actor = actor;
        this.plans = plans;
        this.runs = runs;
        this.places = places;
        this.municipalities = municipalities;
        this.frame = frame;
    }

    @ModelAttribute("base")
    String base() {
        return frame.to("/plan");
    }

    /** Which communities come first. */
    enum Order {
        PLANNED(Comparator.comparingDouble(FarEnd.Community::planned)),
        LEVELLED(Comparator.comparingDouble(FarEnd.Community::levelled)),
        LESS(Comparator.comparingDouble(FarEnd.Community::difference).reversed()),
        MORE(Comparator.comparingDouble(FarEnd.Community::difference));

        private final Comparator<FarEnd.Community> comparator;

        Order(Comparator<FarEnd.Community> first) {
            comparator = first.thenComparing(FarEnd.Community::key);
        }

        /** As an address says it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Order of(String key) {
            return Arrays.stream(values())
                    .filter(order -> order.key().equals(key))
                    .findFirst()
                    .orElse(PLANNED);
        }
    }

    /** A share in whole per cent and its colour class. */
    record Share(double exact, long percent, String colour) {
        static Share of(double share) {
            return new Share(
                    share,
                    Math.round(100 * share),
                    CoverageScale.shipped().of(OptionalDouble.of(share)).key());
        }
    }

    /**
     * @param people −1 if nobody has counted them
     * @param points percentage points that the far end gives more
     */
    record CommunityRow(
            String name,
            String municipality,
            boolean derived,
            long people,
            Share planned,
            Share levelled,
            long points) {}

    record MunicipalityRow(String name, int communities, long people, Share planned, Share levelled, long points) {}

    @GetMapping("/plan/{number:\\d+}/coverage")
    String show(@PathVariable int number, @RequestParam(defaultValue = "") String first, Model model, Locale locale) {
        Response here = response.get();
        actor.require(Action.PLAN, Scope.of(here.id()));
        PlanHead plan = plans.findByNumber(here.id(), number)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan", number));
        if (plan.input().isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "problem.no-plan-input", number);
        }
        Run run = runs.ask(here, plan, new Question.Level(), "/" + number + "/coverage", actor.person());
        if (!(run.answerAtOnce().orElse(null) instanceof Answer.Levelled levelled)) {
            return "redirect:/plan/runs/" + run.id();
        }
        Order order = Order.of(first);
        FarEnd farEnd = levelled.farEnd();
        boolean english = locale.getLanguage().equals("en");
        model.addAttribute("plan", plan);
        model.addAttribute("order", order);
        model.addAttribute("orders", Order.values());
        model.addAttribute("count", farEnd.communities().size());
        model.addAttribute("communities", communities(farEnd, order, locale));
        model.addAttribute("municipalities", municipalities(levelled, english));
        model.addAttribute(
                "uncounted",
                farEnd.communities().stream()
                        .filter(community -> community.people() <= 0)
                        .count());
        model.addAttribute("better", count(farEnd, 1));
        model.addAttribute("worse", count(farEnd, -1));
        model.addAttribute(
                "limited",
                plan.policy()
                        .filter(use -> use.terms().values().limits().days() > 0)
                        .isPresent());
        if (!farEnd.communities().isEmpty()) {
            model.addAttribute("curves", CoverageCurves.of(farEnd));
        }
        return "plan-coverage";
    }

    /** How many would get more (1) or less (−1) at the far end, by half a percentage point or more. */
    private static long count(FarEnd farEnd, int sign) {
        return farEnd.communities().stream()
                .filter(community -> sign * community.difference() >= 0.005)
                .count();
    }

    private List<CommunityRow> communities(FarEnd farEnd, Order order, Locale locale) {
        List<FarEnd.Community> shown = farEnd.communities().stream()
                .sorted(order.comparator)
                .limit(MOST_COMMUNITIES)
                .toList();
        Map<CommunityKey, PlanPlaces.Community> names =
                places.listCommunities(shown.stream().map(FarEnd.Community::key).toList());
        PlanPlaces.Community gone = new PlanPlaces.Community("–", new Name("", ""), false);
        return shown.stream()
                .map(community -> {
                    PlanPlaces.Community named = names.getOrDefault(community.key(), gone);
                    return new CommunityRow(
                            named.name(),
                            named.municipality().in(locale),
                            named.derived(),
                            community.people(),
                            Share.of(community.planned()),
                            Share.of(community.levelled()),
                            Math.round(100 * community.difference()));
                })
                .toList();
    }

    private List<MunicipalityRow> municipalities(Answer.Levelled levelled, boolean english) {
        MunicipalityDirectory directory = municipalities.directory();
        return levelled.farEnd().listMunicipalities(levelled.people()).stream()
                .limit(MOST_MUNICIPALITIES)
                .map(row -> new MunicipalityRow(
                        directory
                                .findByCode(new MunicipalityCode(row.name()))
                                .map(town -> directory.fullName(town, english))
                                .orElse(row.name()),
                        row.communities(),
                        row.people(),
                        Share.of(row.planned()),
                        Share.of(row.levelled()),
                        Math.round(100 * (row.levelled() - row.planned()))))
                .toList();
    }
}
