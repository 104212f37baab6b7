package jp.musubi.matching.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanLineId;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Policies;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.WishId;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.Mark;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import jp.musubi.matching.store.PlanListing.State;
import jp.musubi.matching.web.PlanDecisions.Choice;
import jp.musubi.matching.web.PlanDecisions.Decided;
import jp.musubi.matching.web.PlanDecisions.Wanted;
import jp.musubi.matching.web.PlanRuns.Run;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /plan}: make plans, see why, decide line by line or all at once. */
@Controller
@Requires(Action.PLAN)
class PlanPages {

    static final int PAGE = 100;
    static final int MOST_CHANGES = 200;
    static final int MOST_PLANS = 100;
    static final int MOST_WISHES = 200;
    private static final int MOST_NEEDS = 200;
    private static final int LONGEST_NEED = 64;
    private static final int LONGEST_REASON = 500;

    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Plans plans;
    private final Policies policies;
    private final PlanListing listing;
    private final PlanRuns runs;
    private final PlanDecisions decisions;
    private final ReasonTexts reasons;
    private final ConflictTexts conflicts;
    private final Frame frame;
    private final MessageSource texts;

    PlanPages(
            CurrentResponse response,
            CurrentActor actor,
            Plans plans,
            Policies policies,
            PlanListing listing,
            PlanRuns runs,
            PlanDecisions decisions,
            ReasonTexts reasons,
            ConflictTexts conflicts,
            Frame frame,
            MessageSource texts) {
        this.response = response;
        this.actor = actor;
        this.plans = plans;
        this.policies = policies;
        this.listing = listing;
        this.runs = runs;
        this.decisions = decisions;
        this.reasons = reasons;
        this.conflicts = conflicts;
        this.frame = frame;
        this.texts = texts;
    }

    /** Where these pages are, in the current response. */
    @ModelAttribute("base")
    String base() {
        return frame.to("/plan");
    }

    @GetMapping("/plan")
    String list(Model model) {
        Response here = here();
        List<PlanHead> made = plans.listPlans(here.id());
        model.addAttribute("plans", made.subList(0, Math.min(MOST_PLANS, made.size())));
        model.addAttribute("allPlans", made.size());
        List<PlanListing.WishRow> wishes = listing.listWishes(here.id(), MOST_WISHES);
        model.addAttribute("wishes", wishes);
        model.addAttribute("allWishes", wishes.size() < MOST_WISHES ? wishes.size() : listing.countWishes(here.id()));
        model.addAttribute("policies", policies.read(here.id()).listInForce(frame.now()));
        return "plan";
    }

    @PostMapping("/plan")
    String make(
            @RequestParam(defaultValue = PolicyVersion.STANDARD_KEY) String policy,
            @Nullable @RequestParam(required = false) Double equity,
            @Nullable @RequestParam(required = false) Boolean substitutes,
            @Nullable @RequestParam(required = false) Integer substituteKm) {
        Run run = runs.start(here(), choices(policy, equity, substitutes, substituteKm), actor.person());
        return "redirect:/plan/runs/" + run.id();
    }

    @PostMapping("/plan/trade-off")
    String compareEquities(
            @RequestParam(defaultValue = PolicyVersion.STANDARD_KEY) String policy,
            @Nullable @RequestParam(required = false) Boolean substitutes,
            @Nullable @RequestParam(required = false) Integer substituteKm) {
        Run run = runs.startComparing(here(), choices(policy, null, substitutes, substituteKm), actor.person());
        return "redirect:/plan/runs/" + run.id();
    }

    /** A policy in force; what is not null is otherwise for this plan only. */
    private Choices choices(
            String policy, @Nullable Double equity, @Nullable Boolean substitutes, @Nullable Integer substituteKm) {
        Response here = here();
        Choices choices = policies.read(here.id())
                .findInForce(policy, frame.now())
                .map(Choices::of)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "problem.no-policy", policy));
        if (equity != null) {
            choices = choices.withEquity(equity(equity));
        }
        Optional<Integer> km = choices.terms().substituteKm();
        if (substitutes != null || (substituteKm != null && km.isPresent())) {
            boolean wanted = substitutes == null || substitutes;
            int penalty = substituteKm == null ? km.orElse(Policy.DEFAULT_PENALTY_KM) : penalty(substituteKm);
            choices = choices.withSubstitutes(wanted ? Optional.of(penalty) : Optional.empty());
        }
        return choices;
    }

    @GetMapping("/plan/runs/{id}")
    String run(
            @PathVariable String id,
            @RequestHeader(name = "HX-Request", required = false) String htmx,
            Model model,
            Locale locale) {
        Run run = run(id);
        PlanRuns.State state = run.state(); // looked at once: it goes on while the page is made
        Optional<String> result = Optional.empty();
        if (state instanceof PlanRuns.State.Kept kept) {
            result = Optional.of("/" + kept.plan().number());
        } else if (state instanceof PlanRuns.State.Compared) {
            result = Optional.of("/trade-off/" + id);
        } else if (state instanceof PlanRuns.State.MadeAgain) {
            result = Optional.of("/again/" + id);
        } else if (state instanceof PlanRuns.State.Answered) {
            result = run.address();
        }
        if (result.isPresent() && htmx == null) {
            return "redirect:/plan" + result.get();
        }
        model.addAttribute("run", run);
        model.addAttribute("over", PlanRuns.isOver(state));
        model.addAttribute("result", result.orElse(null));
        model.addAttribute(
                "conflicts",
                state instanceof PlanRuns.State.Contradictory wrong
                        ? conflicts.tell(here().id(), wrong.conflicts(), locale)
                        : ConflictTexts.Told.NOTHING);
        model.addAttribute("failed", state instanceof PlanRuns.State.Failed);
        model.addAttribute("stopped", state instanceof PlanRuns.State.Stopped);
        model.addAttribute("inputLost", state instanceof PlanRuns.State.InputLost);
        return htmx == null ? "plan-run" : "plan-run :: progress";
    }

    @GetMapping("/plan/trade-off/{id}")
    String tradeOff(@PathVariable String id, Model model) {
        if (!(run(id).state() instanceof PlanRuns.State.Compared compared)) {
            return "redirect:/plan/runs/" + id;
        }
        model.addAttribute("asOf", compared.result().asOf());
        model.addAttribute("choices", compared.result().choices());
        model.addAttribute("points", compared.result().tradeOff().points());
        model.addAttribute("chart", TradeOffChart.of(compared.result().tradeOff()));
        return "plan-trade-off";
    }

    /** Makes a plan once more from what it was made from, to see that it comes out the same. */
    @PostMapping("/plan/{number:\\d+}/again")
    String again(@PathVariable int number) {
        PlanHead plan = plan(number);
        if (plan.input().isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "problem.no-plan-input", number);
        }
        return "redirect:/plan/runs/"
                + runs.startAgain(here(), plan, actor.person()).id();
    }

    @GetMapping("/plan/again/{id}")
    String madeAgain(@PathVariable String id, Model model) {
        if (!(run(id).state() instanceof PlanRuns.State.MadeAgain again)) {
            return "redirect:/plan/runs/" + id;
        }
        model.addAttribute("again", again.result());
        return "plan-again";
    }

    @PostMapping("/plan/runs/{id}/stop")
    String stop(@PathVariable String id) {
        runs.stop(run(id));
        return "redirect:/plan/runs/" + id;
    }

    /** What part of a plan is looked at; what is not said is all of it, from the beginning. */
    record Part(
            @Nullable Long item,
            @Nullable String region,
            @Nullable Long community,
            @Nullable Integer page) {

        Filter filter() {
            return new Filter(
                    item == null ? 0 : item,
                    region != null && region.matches("\\d{2}|\\d{5}") ? region : "",
                    community == null ? 0 : community);
        }
    }

    @GetMapping("/plan/{number:\\d+}")
    String show(@PathVariable int number, Part part, Model model, Locale locale) {
        PlanHead plan = plan(number);
        int from = page(model, plan, part, listing.countLines(plan.id(), part.filter()));
        List<LineRow> rows = listing.listLines(plan.id(), part.filter(), from, PAGE);
        model.addAttribute("lines", rows);
        model.addAttribute("reasons", reasons.lines(rows, locale));
        model.addAttribute(
                "otherNeeds",
                part.filter().item() == 0
                        ? List.of()
                        : listing.listShortfalls(
                                plan.id(), new Filter(part.filter().item(), "", 0), 0, MOST_NEEDS));
        model.addAttribute(
                "others",
                plans.listNumbers(here().id()).stream()
                        .filter(other -> other != number)
                        .toList());
        model.addAttribute("mark", listing.mark(plan.id()));
        if (model.getAttribute("changedMeanwhile") instanceof List<?> changed) {
            List<LineRow> theirs = listing.listLines(
                    plan.id(), changed.stream().map(Long.class::cast).toList());
            State same = "accept".equals(model.getAttribute("mine")) ? State.ACCEPTED : State.PROPOSED;
            model.addAttribute("theirs", theirs);
            model.addAttribute(
                    "contested",
                    theirs.stream()
                            .filter(line -> line.state() != same && line.state() != State.SENT)
                            .toList());
        }
        return "plan-lines";
    }

    /** Whether anything happened since a page was loaded that its reader should know. */
    @GetMapping("/plan/{number:\\d+}/news")
    String news(
            @PathVariable int number,
            @RequestParam long decisions,
            @RequestParam long posting,
            @RequestParam long promise,
            Model model) {
        PlanHead plan = plan(number);
        Mark now = listing.mark(plan.id());
        model.addAttribute("plan", plan);
        model.addAttribute("mark", new Mark(decisions, posting, promise));
        model.addAttribute("decided", now.decisions() - decisions);
        model.addAttribute("stockMoved", now.posting() != posting || now.promise() != promise);
        return "plan-head :: news";
    }

    @GetMapping("/plan/{number:\\d+}/shortfalls")
    String shortfalls(@PathVariable int number, Part part, Model model, Locale locale) {
        PlanHead plan = plan(number);
        int from = page(model, plan, part, listing.countShortfalls(plan.id(), part.filter()));
        List<ShortfallRow> rows = listing.listShortfalls(plan.id(), part.filter(), from, PAGE);
        model.addAttribute("shortfalls", rows);
        model.addAttribute("reasons", reasons.shortfalls(rows, locale));
        return "plan-shortfalls";
    }

    /** Says what both lists of a plan say; gives the place of the first row. */
    private int page(Model model, PlanHead plan, Part part, int count) {
        int pages = Math.max(1, (count + PAGE - 1) / PAGE);
        int shown = part.page() == null ? 1 : Math.min(Math.max(1, part.page()), pages);
        model.addAttribute("plan", plan);
        model.addAttribute("filter", part.filter());
        model.addAttribute("items", listing.listItems(plan.id()));
        model.addAttribute("count", count);
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        return (shown - 1) * PAGE;
    }

    @GetMapping("/plan/{number:\\d+}/compare")
    String compare(@PathVariable int number, @RequestParam(name = "with") int other, Model model) {
        PlanHead after = plan(number);
        PlanHead before = plan(other);
        model.addAttribute("before", before);
        model.addAttribute("after", after);
        PlanListing.Changes changes = listing.listChanges(before.id(), after.id(), MOST_CHANGES);
        model.addAttribute("changes", changes.rows());
        model.addAttribute("allChanges", changes.all());
        return "plan-compare";
    }

    @PostMapping("/plan/{number:\\d+}/{decision:accept|take-back}")
    String decide(
            @PathVariable int number,
            @PathVariable String decision,
            @RequestParam(name = "line", required = false) List<String> lines,
            @RequestParam(defaultValue = "false") boolean all,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        Choice choice = chosen(lines, all);
        boolean accept = decision.equals("accept");
        Decided outcome = accept
                ? decisions.accept(here(), plan, choice, actor.person())
                : decisions.takeBack(here(), plan, choice, actor.person());
        if (outcome.done() > 0) {
            after.addFlashAttribute(
                    "said",
                    texts.getMessage(
                            accept ? "plan.accepted" : "plan.taken-back", new Object[] {outcome.done()}, locale));
        }
        after.addFlashAttribute(
                "refused",
                outcome.refused().stream()
                        .map(refused -> refused.message().in(locale))
                        .distinct()
                        .limit(20)
                        .toList());
        after.addFlashAttribute("refusedCount", outcome.refused().size());
        if (!outcome.changedMeanwhile().isEmpty()) {
            after.addFlashAttribute(
                    "changedMeanwhile",
                    outcome.changedMeanwhile().stream().map(PlanLineId::value).toList());
            after.addFlashAttribute("mine", decision);
        }
        return "redirect:/plan/" + number;
    }

    /** The same wish about many lines. */
    @PostMapping("/plan/{number:\\d+}/wishes")
    String wishes(
            @PathVariable int number,
            @RequestParam(name = "line", required = false) List<String> lines,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String quantity,
            @RequestParam(defaultValue = "") String need,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        Map<Long, Integer> versions = ((Choice.These) chosen(lines, false)).versions();
        List<LineRow> rows = listing.listLines(plan.id(), versions.keySet());
        decisions.wish(here(), rows, wanted(plan, kind, quantity, need, reason), Optional.empty(), actor.person());
        after.addFlashAttribute("said", texts.getMessage("plan.wishes.kept", new Object[] {rows.size()}, locale));
        return "redirect:/plan/" + number;
    }

    @GetMapping("/plan/{number:\\d+}/lines/{line}")
    String line(@PathVariable int number, @PathVariable long line, Model model, Locale locale) {
        PlanHead plan = plan(number);
        LineRow row = line(plan, line);
        model.addAttribute("plan", plan);
        model.addAttribute("line", row);
        model.addAttribute("reasons", reasons.lines(List.of(row), locale));
        model.addAttribute(
                "otherNeeds",
                listing.listShortfalls(plan.id(), new Filter(row.neededItem(), "", 0), 0, MOST_NEEDS).stream()
                        .filter(need -> !need.needKey().equals(row.needKey()))
                        .toList());
        model.addAttribute("wishes", listing.listWishes(here().id(), new LotKey(row.lotKey())));
        model.addAttribute("seen", seen(row));
        return "plan-line";
    }

    @PostMapping("/plan/{number:\\d+}/lines/{line}/wish")
    String wish(
            @PathVariable int number,
            @PathVariable long line,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String quantity,
            @RequestParam(defaultValue = "") String need,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) String seen,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        LineRow row = line(plan, line);
        Wanted wanted = wanted(plan, kind, quantity, need, reason);
        boolean kept = decisions.wish(
                here(), List.of(row), wanted, Optional.ofNullable(seen).map(PlanPages::wishIds), actor.person());
        if (kept) {
            after.addFlashAttribute("said", texts.getMessage("plan.wish.kept", null, locale));
        } else {
            after.addFlashAttribute("mine", Map.of("kind", kind, "quantity", quantity, "need", need, "reason", reason));
        }
        return "redirect:/plan/" + number + "/lines/" + line;
    }

    /** The wishes about a line's lot, as a form carries them. */
    private String seen(LineRow row) {
        return decisions.inForce(here(), Set.of(new LotKey(row.lotKey()))).stream()
                .map(wish -> Long.toString(wish.value()))
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Set<WishId> wishIds(String seen) {
        if (!seen.matches("(\\d{1,18}(,\\d{1,18})*)?")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        return seen.isEmpty()
                ? Set.of()
                : Arrays.stream(seen.split(","))
                        .map(id -> new WishId(Long.parseLong(id)))
                        .collect(Collectors.toSet());
    }

    private Wanted wanted(PlanHead plan, String kind, String quantity, String need, String reason) {
        if (need.length() > LONGEST_NEED || reason.length() > LONGEST_REASON) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        if (!need.isBlank() && !listing.knowsNeed(plan.id(), new NeedKey(need))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.unknown-need", need);
        }
        return new Wanted(
                kind,
                quantity.isBlank() ? Optional.empty() : Optional.of(quantity(quantity)),
                need.isBlank() ? Optional.empty() : Optional.of(new NeedKey(need)),
                reason);
    }

    private static long quantity(String text) {
        try {
            long value = Long.parseLong(text.strip().replace(",", ""));
            if (value >= 1 && value <= Quantity.LARGEST) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "problem.quantity", text);
    }

    @PostMapping("/plan/wishes/{id}/end")
    String endWish(@PathVariable long id, RedirectAttributes after, Locale locale) {
        boolean ended = decisions.endWish(here(), new WishId(id), actor.person());
        after.addFlashAttribute(
                "said", texts.getMessage(ended ? "plan.wish.ended" : "plan.wish.had-ended", null, locale));
        return "redirect:/plan";
    }

    /** Each chosen line comes as {@code id:version}, so that a decision of somebody else is noticed. */
    private static Choice chosen(List<String> lines, boolean all) {
        if (all) {
            return new Choice.All();
        }
        if (lines == null || lines.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.no-line-chosen");
        }
        return Choice.of(lines);
    }

    private Response here() {
        Response found = response.get();
        actor.require(Action.PLAN, Scope.of(found.id()));
        return found;
    }

    private PlanHead plan(int number) {
        return plans.findByNumber(here().id(), number)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan", number));
    }

    private LineRow line(PlanHead plan, long line) {
        return listing.findLine(plan.id(), line)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan-line", line));
    }

    private Run run(String id) {
        return runs.find(here().id(), id).orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan-run"));
    }

    private static int penalty(int km) {
        if (km < 0 || km > Policy.LARGEST_PENALTY_KM) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.substitute-km", km);
        }
        return km;
    }

    static double equity(double asked) {
        if (!(asked >= 1 && asked <= 100)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.equity", asked);
        }
        return asked;
    }
}
