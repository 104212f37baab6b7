package jp.musubi.training.store;

import java.util.Optional;
import jp.musubi.identity.Action;
import jp.musubi.identity.Actor;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.People;
import jp.musubi.identity.Scope;
import jp.musubi.inbox.ImportContext;
import org.springframework.stereotype.Component;

/**
 * Whether whoever sent a file may write about a cohort: those who may import everything, and trainers of its office and
 * region. Files without a sender come from the machine's own operator.
 */
@Component
class Senders {

    private final People people;

    Senders(People people) {
        this.people = people;
    }

    /** What one sender may write about. */
    @FunctionalInterface
    interface MayWrite {
        boolean test(String municipalityCode, Optional<OrganisationId> office);
    }

    MayWrite of(ImportContext context) {
        if (context.actor().isEmpty()) {
            return (municipality, office) -> true;
        }
        Actor sender =
                new Actor(context.actor(), people.listGrants(context.actor().get()));
        Scope response = Scope.of(context.responseId());
        if (sender.mayDo(Action.IMPORT_FILES, response)) {
            return (municipality, office) -> true;
        }
        return (municipality, office) -> {
            Scope there = response.inMunicipality(municipality);
            return sender.mayDo(
                    Action.EDIT_TRAINING, office.map(there::forOrganisation).orElse(there));
        };
    }
}
