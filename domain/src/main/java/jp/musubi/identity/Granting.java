package jp.musubi.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may give and take roles. Nobody gives more than they hold, and somebody always can administer. */
public final class Granting {

    private final List<GrantEntry> inForce;
    private final Set<PersonId> active;

    /**
     * @param inForce every grant in force, of everybody
     * @param active people who may sign in
     */
    public Granting(List<GrantEntry> inForce, Set<PersonId> active) {
        this.inForce = List.copyOf(inForce);
        this.active = Set.copyOf(active);
    }

    /** Why a role is not given or taken. */
    public enum Refusal {
        MORE_THAN_OWN,
        ALREADY_HELD,
        NOT_ACTIVE,
        LAST_ADMINISTRATOR
    }

    public Optional<Refusal> refuseToGrant(Actor by, PersonId to, Grant grant) {
        if (!by.mayDo(Action.ADMINISTER, reach(grant))) {
            return Optional.of(Refusal.MORE_THAN_OWN);
        }
        if (!active.contains(to)) {
            return Optional.of(Refusal.NOT_ACTIVE);
        }
        boolean held = inForce.stream()
                .anyMatch(entry -> entry.person().equals(to) && entry.grant().equals(grant));
        return held ? Optional.of(Refusal.ALREADY_HELD) : Optional.empty();
    }

    public Optional<Refusal> refuseToRevoke(Actor by, GrantEntry entry) {
        if (!by.mayDo(Action.ADMINISTER, reach(entry.grant()))) {
            return Optional.of(Refusal.MORE_THAN_OWN);
        }
        return isWholeAdministration(entry) && othersWhoAdminister(entry) == 0
                ? Optional.of(Refusal.LAST_ADMINISTRATOR)
                : Optional.empty();
    }

    /** A person's access ends with all their grants, so the last administrator stays. */
    public Optional<Refusal> refuseToDeactivate(PersonId person) {
        boolean administers =
                inForce.stream().anyMatch(entry -> entry.person().equals(person) && isWholeAdministration(entry));
        boolean another =
                inForce.stream().anyMatch(entry -> !entry.person().equals(person) && isWholeAdministration(entry));
        return administers && !another ? Optional.of(Refusal.LAST_ADMINISTRATOR) : Optional.empty();
    }

    /** Whoever makes links for somebody, or ends their access, must reach everything that person may do. */
    public boolean mayActFor(Actor by, PersonId person) {
        return inForce.stream()
                .filter(entry -> entry.person().equals(person))
                .allMatch(entry -> by.mayDo(Action.ADMINISTER, reach(entry.grant())));
    }

    /** What a grant reaches, as the scope somebody must administer to give it. */
    public static Scope reach(Grant grant) {
        return new Scope(grant.response(), grant.organisation(), grant.region());
    }

    private long othersWhoAdminister(GrantEntry entry) {
        return inForce.stream()
                .filter(other -> !other.id().equals(entry.id()) && isWholeAdministration(other))
                .count();
    }

    private boolean isWholeAdministration(GrantEntry entry) {
        Grant grant = entry.grant();
        return active.contains(entry.person())
                && grant.role() == Role.ADMINISTRATOR
                && grant.organisation().isEmpty()
                && grant.region().isEmpty()
                && grant.response().isEmpty();
    }
}
