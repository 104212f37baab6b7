package jp.musubi.identity.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.identity.Action;
import jp.musubi.identity.Actor;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.GrantId;
import jp.musubi.identity.Granting;
import jp.musubi.identity.Granting.Refusal;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonDetails;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Edits of people and the roles they hold: one transaction each, with its line of history. The history names logins and
 * roles, never names or addresses.
 */
@Component
class EditPeople {

    /** How long an invitation can be accepted. */
    static final Duration INVITATION_LASTS = Duration.ofDays(7);

    /** How long a link after lost access can be used. */
    static final Duration LOST_ACCESS_LINK_LASTS = Duration.ofHours(1);

    private static final String AGGREGATE = "person";

    private final People people;
    private final SignInLinks links;
    private final Edits edits;

    EditPeople(People people, SignInLinks links, Edits edits) {
        this.people = people;
        this.links = links;
        this.edits = edits;
    }

    /** What became of an edit: a rule said no, or it is written. */
    sealed interface Outcome {
        record Refused(Refusal refusal) implements Outcome {}

        record Written(PersonId person, Optional<GrantId> grant) implements Outcome {}

        /** @param token of the invitation, to be shown once */
        record Invited(PersonId person, String token) implements Outcome {}
    }

    /**
     * Registers somebody with a first role and makes the link to come in by.
     *
     * @param login must be free
     */
    @Transactional
    public Outcome invite(
            Actor by, String login, PersonDetails details, OrganisationId organisation, Locale language, Grant grant) {
        if (!by.mayDo(Action.ADMINISTER, Granting.reach(grant))) {
            return new Outcome.Refused(Refusal.MORE_THAN_OWN);
        }
        Person person = people.register(login, organisation, language, details.name());
        PersonEntry registered = people.getEntry(person.id());
        PersonEntry entry = people.change(person.id(), details, organisation, language, registered.version());
        edits.record(Optional.empty(), AGGREGATE, person.id().value(), "create", Map.of(), fields(entry));
        people.grant(person.id(), grant, by.person());
        recordGrant(person.id(), "grant", grant);
        edits.record(Optional.empty(), AGGREGATE, person.id().value(), "invite", Map.of(), Map.of());
        return new Outcome.Invited(person.id(), links.issue(person.id(), Purpose.INVITATION, INVITATION_LASTS));
    }

    /** Makes a new link; older ones that nobody used stop working. */
    @Transactional
    public String renewLink(PersonEntry person) {
        links.revokeUnused(person.id());
        boolean invitation = person.lastSignInAt().isEmpty();
        edits.record(Optional.empty(), AGGREGATE, person.id().value(), "link", Map.of(), Map.of());
        return links.issue(
                person.id(),
                invitation ? Purpose.INVITATION : Purpose.LOST_ACCESS,
                invitation ? INVITATION_LASTS : LOST_ACCESS_LINK_LASTS);
    }

    @Transactional
    public PersonEntry change(
            PersonId id, PersonDetails details, OrganisationId organisation, Locale language, long version) {
        PersonEntry before = people.getEntry(id);
        PersonEntry after = people.change(id, details, organisation, language, version);
        Map<String, Object> afterFields = fields(after);
        if (!before.details().equals(details)) {
            afterFields.put("details", "changed");
        }
        edits.record(Optional.empty(), AGGREGATE, id.value(), "change", fields(before), afterFields);
        return after;
    }

    @Transactional
    public Outcome deactivate(PersonId id, long version) {
        Optional<Refusal> refusal = granting().refuseToDeactivate(id);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        PersonEntry before = people.getEntry(id);
        links.revokeUnused(id);
        PersonEntry after = people.deactivate(id, version);
        edits.record(Optional.empty(), AGGREGATE, id.value(), "deactivate", fields(before), fields(after));
        return new Outcome.Written(id, Optional.empty());
    }

    @Transactional
    public void reactivate(PersonId id, long version) {
        PersonEntry before = people.getEntry(id);
        PersonEntry after = people.reactivate(id, version);
        edits.record(Optional.empty(), AGGREGATE, id.value(), "reactivate", fields(before), fields(after));
    }

    @Transactional
    public void signOutEverywhere(PersonId id) {
        people.signOutEverywhere(id);
        edits.record(Optional.empty(), AGGREGATE, id.value(), "sign-out", Map.of(), Map.of());
    }

    @Transactional
    public Outcome grant(Actor by, PersonId to, Grant grant) {
        Optional<Refusal> refusal = granting().refuseToGrant(by, to, grant);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        GrantId id = people.grant(to, grant, by.person());
        recordGrant(to, "grant", grant);
        return new Outcome.Written(to, Optional.of(id));
    }

    /** Empty outcome if the grant was not in force any more: then there is nothing to do. */
    @Transactional
    public Optional<Outcome> revoke(Actor by, GrantId id) {
        Optional<GrantEntry> entry = people.lockGrantEntries().stream()
                .filter(held -> held.id().equals(id))
                .findFirst();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Optional<Refusal> refusal = granting().refuseToRevoke(by, entry.get());
        if (refusal.isPresent()) {
            return Optional.of(new Outcome.Refused(refusal.get()));
        }
        people.revoke(id);
        recordGrant(entry.get().person(), "revoke", entry.get().grant());
        return Optional.of(new Outcome.Written(entry.get().person(), Optional.of(id)));
    }

    /** A look at somebody's personal data is logged too. */
    @Transactional
    public PersonEntry look(PersonId id) {
        PersonEntry entry = people.getEntry(id);
        edits.record(Optional.empty(), AGGREGATE, id.value(), "view", Map.of(), Map.of());
        return entry;
    }

    /**
     * A link for somebody opens everything they may do, and access ends as a whole.
     *
     * @throws NotAllowed if this person may do more than {@code by} administers
     */
    @Transactional
    public void requireMayActFor(Actor by, PersonId person) {
        if (!granting().mayActFor(by, person)) {
            throw new NotAllowed(Action.ADMINISTER);
        }
    }

    /** Locks the grants, so that two administrators do not take each other's roles at once. */
    private Granting granting() {
        List<GrantEntry> inForce = people.lockGrantEntries();
        Set<PersonId> active = people.listPeople().stream()
                .filter(Person::active)
                .map(Person::id)
                .collect(Collectors.toUnmodifiableSet());
        return new Granting(inForce, active);
    }

    private void recordGrant(PersonId person, String action, Grant grant) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("role", grant.role().name());
        grant.organisation().ifPresent(organisation -> fields.put("organisation", organisation.value()));
        grant.region().ifPresent(region -> fields.put("region", region));
        grant.response().ifPresent(response -> fields.put("response", response.value()));
        boolean given = action.equals("grant");
        edits.record(
                grant.response(),
                AGGREGATE,
                person.value(),
                action,
                given ? Map.of() : fields,
                given ? fields : Map.of());
    }

    private static Map<String, Object> fields(PersonEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("login", entry.person().login());
        fields.put("organisation", entry.person().organisation().value());
        fields.put("language", entry.person().language().toLanguageTag());
        fields.put("active", entry.person().active());
        return fields;
    }
}
