package jp.musubi.identity;

import java.util.Optional;
import jp.musubi.response.ResponseId;

/**
 * A role somebody holds, and how far it reaches. An empty part means "everywhere".
 *
 * @param region prefix of municipality codes: 2 digits for a prefecture, 5 for a municipality
 */
public record Grant(
        Role role, Optional<OrganisationId> organisation, Optional<String> region, Optional<ResponseId> response) {

    public Grant {
        region.ifPresent(prefix -> {
            if (!prefix.matches("\\d{2}|\\d{5}")) {
                throw new IllegalArgumentException(
                        "A grant's region is a prefecture (2 digits) or a municipality (5 digits), but was \"" + prefix
                                + "\".");
            }
        });
    }

    boolean allows(Action action, Scope scope) {
        return action.isAllowedTo(role)
                && reaches(response, scope.response())
                && reaches(organisation, scope.organisation())
                && region.map(prefix -> scope.municipalityCode()
                                .map(code -> code.startsWith(prefix))
                                .orElse(false))
                        .orElse(true);
    }

    boolean allowsSomewhere(Action action, Optional<ResponseId> asked) {
        return action.isAllowedTo(role) && reaches(response, asked);
    }

    private static <T> boolean reaches(Optional<T> limit, Optional<T> target) {
        return limit.isEmpty() || limit.equals(target);
    }
}
