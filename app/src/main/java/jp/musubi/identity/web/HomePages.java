package jp.musubi.identity.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.identity.Actor;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Role;
import jp.musubi.response.Responses;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where each role's work begins. */
@Controller
@OpenToAll
class HomePages {

    private final CurrentActor actor;
    private final People people;
    private final Organisations organisations;
    private final Responses responses;
    private final Regions regions;

    HomePages(CurrentActor actor, People people, Organisations organisations, Responses responses, Regions regions) {
        this.actor = actor;
        this.people = people;
        this.organisations = organisations;
        this.responses = responses;
        this.regions = regions;
    }

    /** One of the reader's roles and how far it reaches; empty text means everywhere. */
    record RoleLine(Role role, String organisation, String region, String response) {}

    @GetMapping("/home")
    String home(Model model, Locale locale) {
        Actor asking = actor.actor();
        if (asking.grants().isEmpty() || asking.person().isEmpty()) {
            return "redirect:/";
        }
        if (asking.hasRole(Role.COORDINATOR)) {
            return "redirect:/ops";
        }
        if (asking.hasRole(Role.ADMINISTRATOR)) {
            return "redirect:/admin";
        }
        List<RoleLine> lines = asking.grants().stream()
                .distinct()
                .map(grant -> line(grant, locale))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("donor", asking.hasRole(Role.DONOR));
        model.addAttribute("name", asking.person().map(people::getName).orElse(""));
        return "home";
    }

    private RoleLine line(Grant grant, Locale locale) {
        return new RoleLine(
                grant.role(),
                grant.organisation()
                        .flatMap(organisations::findById)
                        .map(organisation -> organisation.name(locale))
                        .orElse(""),
                grant.region().map(code -> regions.name(code, locale)).orElse(""),
                Optional.of(grant)
                        .flatMap(Grant::response)
                        .map(responses::getById)
                        .map(response -> response.name(locale))
                        .orElse(""));
    }
}
