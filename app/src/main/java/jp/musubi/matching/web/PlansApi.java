package jp.musubi.matching.web;

import java.io.IOException;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Kept plans, for programs. */
@RestController
@RequestMapping("/api/v1/plans")
@Requires(Action.PLAN)
class PlansApi {

    private static final Logger LOG = LoggerFactory.getLogger(PlansApi.class);

    private final PlanReruns reruns;
    private final CurrentResponse response;
    private final CurrentActor actor;

    PlansApi(PlanReruns reruns, CurrentResponse response, CurrentActor actor) {
        this.reruns = reruns;
        this.response = response;
        this.actor = actor;
    }

    /** Makes a plan again from what it was made from, and compares; takes as long as planning. Nothing is changed. */
    @GetMapping("/{number:\\d{1,9}}/rerun")
    PlanReruns.Rerun rerun(@PathVariable int number) {
        Response here = response.get();
        actor.require(Action.PLAN, Scope.of(here.id()));
        try {
            return reruns.again(here.id(), number)
                    .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan", number));
        } catch (IllegalArgumentException e) {
            throw new Problem(HttpStatus.CONFLICT, "problem.no-plan-input", number);
        } catch (IOException e) {
            LOG.error("The input of plan {} is lost", number, e);
            throw new Problem(HttpStatus.CONFLICT, "problem.plan-input-lost", number);
        }
    }
}
