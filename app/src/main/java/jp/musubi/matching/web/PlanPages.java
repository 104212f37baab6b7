package jp.musubi.matching.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.Plans;
import jp.musubi.matching.WishId;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import jp.musubi.matching.web.PlanDecisions.Decided;
import jp.musubi.matching.web.PlanRuns.Run;
import jp.musubi.matching.web.PlanRuns.State;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
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
    private static final int MOST_CHANGES = 1000;

    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Plans plans;
    private final PlanListing listing;
    private final PlanRuns runs;
    private final PlanDecisions decisions;
    private final ReasonTexts reasons;
    private final Frame frame;
    private final MessageSource texts;

    PlanPages(
            CurrentResponse response,
            CurrentActor actor,
            Plans plans,
            PlanListing listing,
            PlanRuns runs,
            PlanDecisions decisions,
            ReasonTexts reasons,
            Frame frame,
            MessageSource texts) {
        this.response = response;
        this.actor = actor;
        this.plans = plans;
        this.listing = listing;
        this.runs = runs;
        this.decisions = decisions;
        this.reasons = reasons;
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
        model.addAttribute("plans", plans.listPlans(here.id()));
        model.addAttribute("wishes", plans.listWishes(here.id()));
        return "plan";
    }

    @PostMapping("/plan")
    String make(@RequestParam(defaultValue = "8") double equity) {
        Run run = runs.start(here(), equity(equity), actor.person());
        return "redirect:/plan/runs/" + run.id();
    }

    @GetMapping("/plan/runs/{id}")
    String run(
            @PathVariable String id, @RequestHeader(name = "HX-Request", required = false) String htmx, Model model) {
        Run run = run(id);
        model.addAttribute("run", run);
        if (run.state() instanceof State.Kept kept) {
            model.addAttribute("done", kept.plan().number());
            if (htmx == null) {
                return "redirect:/plan/" + kept.plan().number();
            }
        }
        model.addAttribute(
                "conflicts", run.state() instanceof State.Contradictory wrong ? wrong.conflicts() : List.of());
        model.addAttribute("failed", run.state() instanceof State.Failed);
        return htmx == null ? "plan-run" : "plan-run :: progress";
    }

    @PostMapping("/plan/runs/{id}/stop")
    String stop(@PathVariable String id) {
        runs.stop(run(id));
        return "redirect:/plan/runs/" + id;
    }

    @GetMapping("/plan/{number:\\d+}")
    String show(
            @PathVariable int number,
            @RequestParam(defaultValue = "0") long item,
            @RequestParam(defaultValue = "") String region,
            @RequestParam(defaultValue = "0") long community,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        PlanHead plan = plan(number);
        Filter filter = new Filter(item, region.matches("\\d{2}|\\d{5}") ? region : "", community);
        int lines = listing.countLines(plan.id(), filter);
        int pages = Math.max(1, (lines + PAGE - 1) / PAGE);
        int shown = Math.min(Math.max(1, page), pages);
        model.addAttribute("plan", plan);
        model.addAttribute("filter", filter);
        model.addAttribute("items", listing.listItems(plan.id()));
        List<LineRow> rows = listing.listLines(plan.id(), filter, (shown - 1) * PAGE, PAGE);
        model.addAttribute("lines", rows);
        model.addAttribute("reasons", reasons.lines(plan.id(), rows, locale));
        model.addAttribute("lineCount", lines);
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        model.addAttribute(
                "others",
                plans.listNumbers(here().id()).stream()
                        .filter(other -> other != number)
                        .toList());
        return "plan-lines";
    }

    @GetMapping("/plan/{number:\\d+}/shortfalls")
    String shortfalls(
            @PathVariable int number,
            @RequestParam(defaultValue = "0") long item,
            @RequestParam(defaultValue = "") String region,
            @RequestParam(defaultValue = "0") long community,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        PlanHead plan = plan(number);
        Filter filter = new Filter(item, region.matches("\\d{2}|\\d{5}") ? region : "", community);
        int count = listing.countShortfalls(plan.id(), filter);
        int pages = Math.max(1, (count + PAGE - 1) / PAGE);
        int shown = Math.min(Math.max(1, page), pages);
        model.addAttribute("plan", plan);
        model.addAttribute("filter", filter);
        model.addAttribute("items", listing.listItems(plan.id()));
        List<ShortfallRow> rows = listing.listShortfalls(plan.id(), filter, (shown - 1) * PAGE, PAGE);
        model.addAttribute("shortfalls", rows);
        model.addAttribute("reasons", reasons.shortfalls(plan.id(), rows, locale));
        model.addAttribute("count", count);
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        return "plan-shortfalls";
    }

    @GetMapping("/plan/{number:\\d+}/compare")
    String compare(@PathVariable int number, @RequestParam(name = "with") int other, Model model) {
        PlanHead after = plan(number);
        PlanHead before = plan(other);
        model.addAttribute("before", before);
        model.addAttribute("after", after);
        model.addAttribute("changes", listing.listChanges(before.id(), after.id(), MOST_CHANGES));
        return "plan-compare";
    }

    @PostMapping("/plan/{number:\\d+}/accept")
    String accept(
            @PathVariable int number,
            @RequestParam(name = "line", required = false) List<String> lines,
            @RequestParam(defaultValue = "false") boolean all,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        Decided outcome = decisions.accept(here(), plan, chosen(lines, all), actor.person());
        say(after, outcome, "plan.accepted", locale);
        return "redirect:/plan/" + number;
    }

    @PostMapping("/plan/{number:\\d+}/take-back")
    String takeBack(
            @PathVariable int number,
            @RequestParam(name = "line", required = false) List<String> lines,
            @RequestParam(defaultValue = "false") boolean all,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        Decided outcome = decisions.takeBack(here(), plan, chosen(lines, all), actor.person());
        say(after, outcome, "plan.taken-back", locale);
        return "redirect:/plan/" + number;
    }

    @GetMapping("/plan/{number:\\d+}/lines/{line}")
    String line(@PathVariable int number, @PathVariable long line, Model model, Locale locale) {
        PlanHead plan = plan(number);
        LineRow row = line(plan, line);
        model.addAttribute("plan", plan);
        model.addAttribute("line", row);
        model.addAttribute("reasons", reasons.lines(plan.id(), List.of(row), locale));
        model.addAttribute("otherNeeds", listing.listShortfalls(plan.id(), new Filter(row.itemId(), "", 0), 0, 200));
        model.addAttribute(
                "wishes",
                plans.listWishes(here().id()).stream()
                        .filter(wish -> wish.lot().value().equals(row.lotKey()))
                        .toList());
        return "plan-line";
    }

    @PostMapping("/plan/{number:\\d+}/lines/{line}/wish")
    String wish(
            @PathVariable int number,
            @PathVariable long line,
            @RequestParam String kind,
            @RequestParam(required = false) String quantity,
            @RequestParam(required = false) String need,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes after,
            Locale locale) {
        PlanHead plan = plan(number);
        LineRow row = line(plan, line);
        decisions.wish(
                here(), row, kind, Optional.ofNullable(quantity), Optional.ofNullable(need), reason, actor.person());
        after.addFlashAttribute("said", texts.getMessage("plan.wish.kept", null, locale));
        return "redirect:/plan/" + number + "/lines/" + line;
    }

    @PostMapping("/plan/wishes/{id}/end")
    String endWish(@PathVariable long id, RedirectAttributes after, Locale locale) {
        boolean ended = decisions.endWish(here(), new WishId(id), actor.person());
        after.addFlashAttribute(
                "said", texts.getMessage(ended ? "plan.wish.ended" : "plan.wish.had-ended", null, locale));
        return "redirect:/plan";
    }

    private void say(RedirectAttributes after, Decided outcome, String done, Locale locale) {
        after.addFlashAttribute("said", texts.getMessage(done, new Object[] {outcome.done()}, locale));
        after.addFlashAttribute(
                "refused",
                outcome.refused().stream()
                        .map(refused -> refused.message().in(locale))
                        .distinct()
                        .limit(20)
                        .toList());
        after.addFlashAttribute("refusedCount", outcome.refused().size());
        after.addFlashAttribute("changedMeanwhile", outcome.changedMeanwhile());
    }

    /** Each chosen line comes as {@code id:version}, so that a decision of somebody else is noticed. */
    private static PlanDecisions.Choice chosen(List<String> lines, boolean all) {
        if (all) {
            return new PlanDecisions.Choice.All();
        }
        if (lines == null || lines.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.no-line-chosen");
        }
        return PlanDecisions.Choice.of(lines);
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

    static double equity(double asked) {
        if (!(asked >= 1 && asked <= 100)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.equity", asked);
        }
        return asked;
    }
}
