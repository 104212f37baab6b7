package jp.musubi.place.web;

import java.util.List;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
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

    private final CurrentResponse response;

    OpsPages(CurrentResponse response) {
        this.response = response;
    }

    @GetMapping("/ops")
    String ops(Model model) {
        model.addAttribute("kinds", KINDS);
        model.addAttribute("bounds", response.get().bounds());
        return "ops";
    }
}
