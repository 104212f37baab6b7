package jp.musubi.identity.web;

import java.time.Duration;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Scope;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** One-time links for people who lost access, made by an administrator or by the operator's command. */
@RestController
class SignInLinkApi {

    private static final Duration VALID_FOR = Duration.ofHours(1);

    private final CurrentActor actor;
    private final People people;
    private final SignInLinks links;

    SignInLinkApi(CurrentActor actor, People people, SignInLinks links) {
        this.actor = actor;
        this.people = people;
        this.links = links;
    }

    @PostMapping(
            path = "/api/v1/sign-in-links",
            consumes = MediaType.TEXT_PLAIN_VALUE,
            produces = MediaType.TEXT_PLAIN_VALUE)
    @Requires(Action.ADMINISTER)
    String issue(@RequestBody String login) {
        actor.require(Action.ADMINISTER, Scope.installation());
        Person person = people.findByLogin(login.strip())
                .filter(Person::active)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-person", login));
        return links.issue(person.id(), Purpose.LOST_ACCESS, VALID_FOR);
    }
}
