package jp.musubi.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.SignInLinks;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.LocaleResolver;

/**
 * One-time links. Opening the link shows a button; only the button uses the link up, so that a mail scanner or a preview
 * does not.
 */
@Controller
@OpenToAll
class SignInPages {

    /** Where a form leads whose token has ended with its session. */
    static final String FORM_TOO_OLD = "/form-too-old";

    private final SignInLinks links;
    private final People people;
    private final LocaleResolver languages;
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    SignInPages(SignInLinks links, People people, LocaleResolver languages) {
        this.links = links;
        this.people = people;
        this.languages = languages;
    }

    @GetMapping("/signin")
    String howToSignIn() {
        return "signin";
    }

    @GetMapping("/signin/{token}")
    String askToUse(@PathVariable String token, Model model, HttpServletResponse response) {
        boolean redeemable = links.isRedeemable(token);
        model.addAttribute("token", token);
        model.addAttribute("redeemable", redeemable);
        if (!redeemable) {
            response.setStatus(HttpStatus.GONE.value());
        }
        return "signin-link";
    }

    @PostMapping("/signin/{token}")
    String use(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        Person person = links.redeem(token)
                .flatMap(people::findById)
                .orElseThrow(() -> new Problem(HttpStatus.GONE, "problem.link-used"));
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(person.id().value(), person.login(), person.signInEpoch()), null, List.of()));
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
        languages.setLocale(request, response, person.language());
        return "redirect:/home";
    }

    @RequestMapping(FORM_TOO_OLD)
    String tellThatFormIsTooOld() {
        throw new Problem(HttpStatus.FORBIDDEN, "problem.form-old");
    }

    @PostMapping("/signout-everywhere")
    String signOutEverywhere(HttpServletRequest request) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof UsernamePasswordAuthenticationToken token
                && token.getPrincipal() instanceof SignedIn signedIn) {
            people.signOutEverywhere(signedIn.id());
        }
        return "redirect:/";
    }
}
