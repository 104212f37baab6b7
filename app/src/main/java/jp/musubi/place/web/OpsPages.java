package jp.musubi.place.web;

import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The operations screen: answers, list and map. */
@Controller
@Requires(Action.VIEW_OPERATIONS)
class OpsPages {

    private static final List<String> KINDS =
            List.of("SHELTER", "UNDESIGNATED_SHELTER", "HOME", "COOP_OFFICE", "FACILITY");

    private final CurrentActor actor;
    private final CurrentResponse response;

    OpsPages(CurrentActor actor, CurrentResponse response) {
        this.actor = actor;
        this.response = response;
    }

    @GetMapping("/ops")
    String ops(Model model) {
        model.addAttribute("kinds", KINDS);
        Response here = response.get();
        model.addAttribute("bounds", here.bounds());
        model.addAttribute("mayPlan", actor.mayDo(Action.PLAN, Scope.of(here.id())));
        model.addAttribute("mayReport", actor.actor().mayDoSomewhere(Action.EDIT_NEEDS, Optional.of(here.id())));
        return "ops";
    }
}
