package jp.musubi.identity.web;

import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Action;
import jp.musubi.identity.Actor;
import jp.musubi.identity.Grant;
import jp.musubi.identity.People;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.Role;
import jp.musubi.identity.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;

/** Who asks, with the grants in force at this request. */
@Component
@RequestScope
public class CurrentActor {

    private static final List<Grant> OPERATOR_GRANTS =
            List.of(everywhere(Role.COORDINATOR), everywhere(Role.ADMINISTRATOR));

    private final People people;
    private @Nullable Actor actor;

    CurrentActor(People people) {
        this.people = people;
    }

    public Actor actor() {
        Actor known = actor;
        if (known == null) {
            known = read();
            actor = known;
        }
        return known;
    }

    public Optional<PersonId> person() {
        return actor().person();
    }

    public boolean mayDo(Action action, Scope scope) {
        return actor().mayDo(action, scope);
    }

    /**
     * @throws NotAllowed if the reader may not do this
     */
    public void require(Action action, Scope scope) {
        if (!mayDo(action, scope)) {
            throw new NotAllowed(action);
        }
    }

    private Actor read() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn) {
            return new Actor(Optional.of(signedIn.id()), people.listGrants(signedIn.id()));
        }
        if (authentication instanceof OperatorAuthentication) {
            return new Actor(Optional.empty(), OPERATOR_GRANTS);
        }
        return new Actor(Optional.empty(), List.of());
    }

    private static Grant everywhere(Role role) {
        return new Grant(role, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
