package jp.musubi.identity.web;

import jp.musubi.identity.Actor;
import jp.musubi.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where each role's work begins. */
@Controller
@OpenToAll
class HomePages {

    private final CurrentActor actor;

    HomePages(CurrentActor actor) {
        this.actor = actor;
    }

    @GetMapping("/home")
    String home(Model model) {
        Actor asking = actor.actor();
        if (asking.grants().isEmpty()) {
            return "redirect:/";
        }
        if (asking.hasRole(Role.COORDINATOR)) {
            return "redirect:/ops";
        }
        if (asking.hasRole(Role.ADMINISTRATOR)) {
            return "redirect:/admin";
        }
        model.addAttribute("role", asking.grants().get(0).role().name());
        return "home";
    }
}
