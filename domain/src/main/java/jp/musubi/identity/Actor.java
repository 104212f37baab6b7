package jp.musubi.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.response.ResponseId;

/**
 * Somebody who asks to do something, with the grants in force now.
 *
 * @param person empty for the machine's own operator, who acts on the command line
 */
public record Actor(Optional<PersonId> person, List<Grant> grants) {

    public Actor {
        grants = List.copyOf(grants);
    }

    /** The one check: pages, REST, tiles, exports and jobs ask nothing else. */
    public boolean mayDo(Action action, Scope scope) {
        return grants.stream().anyMatch(grant -> grant.allows(action, scope));
    }

    /** Whether the action is allowed for at least a part of the response: opens a page that then shows that part. */
    public boolean mayDoSomewhere(Action action, Optional<ResponseId> response) {
        return grants.stream().anyMatch(grant -> grant.allowsSomewhere(action, response));
    }

    /**
     * The regions (prefixes of municipality codes) in which the action is allowed for an otherwise equal scope; empty
     * Optional = everywhere, empty set = nowhere. For lists that show only what the reader may see.
     */
    public Optional<Set<String>> regionsFor(Action action, Scope scope) {
        if (mayDo(action, scope)) {
            return Optional.empty();
        }
        return Optional.of(grants.stream()
                .flatMap(grant -> grant.region().stream())
                .filter(region -> mayDo(action, scope.inMunicipality(region)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether any grant has this role, however far it reaches: decides which menu is shown, never access. */
    public boolean hasRole(Role role) {
        return grants.stream().anyMatch(grant -> grant.role() == role);
    }
}
