package jp.musubi.volunteer.web;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Edits;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.Volunteers;
import org.springframework.stereotype.Component;

/**
 * Who may see which volunteers. Whoever manages volunteers of the whole response sees names and, one person at a time,
 * contacts; each look at a contact is written down. Whoever manages a region only sees its shifts and people's numbers.
 */
@Component
class VolunteerAccess {

    private final Volunteers volunteers;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Edits history;

    VolunteerAccess(Volunteers volunteers, CurrentActor actor, CurrentResponse response, Edits history) {
        this.volunteers = volunteers;
        this.actor = actor;
        this.response = response;
        this.history = history;
    }

    boolean mayKnowPeople() {
        return actor.mayDo(Action.MANAGE_VOLUNTEERS, Scope.of(response.get().id()));
    }

    void requireAll() {
        actor.require(Action.MANAGE_VOLUNTEERS, Scope.of(response.get().id()));
    }

    /** Regions whose shifts the reader sees; empty = all. */
    Optional<Set<String>> regions() {
        return actor.actor()
                .regionsFor(Action.MANAGE_VOLUNTEERS, Scope.of(response.get().id()));
    }

    void requireIn(String municipality) {
        actor.require(Action.MANAGE_VOLUNTEERS, Scope.of(response.get().id()).inMunicipality(municipality));
    }

    /** Names of those whom the reader may know. */
    Map<VolunteerId, String> names(Collection<VolunteerId> ids) {
        return mayKnowPeople() ? volunteers.names(ids) : Map.of();
    }

    /** Everything about a person; the look is written down. */
    Optional<VolunteerPerson> read(VolunteerId id) {
        requireAll();
        Optional<VolunteerPerson> person = volunteers.findPerson(id);
        person.ifPresent(there -> history.record(
                Optional.of(response.get().id()), "volunteer-contact", id.value(), "view", Map.of(), Map.of()));
        return person;
    }

    /** Writes down that everybody's data left in a file. */
    void noteExport() {
        history.record(
                Optional.of(response.get().id()),
                "volunteer-export",
                response.get().id().value(),
                "view",
                Map.of(),
                Map.of());
    }
}
