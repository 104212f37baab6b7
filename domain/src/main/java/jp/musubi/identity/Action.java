package jp.musubi.identity;

import java.util.EnumSet;
import java.util.Set;

/** Everything that needs permission, and the roles whose grants allow it. */
public enum Action {
    VIEW_OPERATIONS(Role.COORDINATOR, Role.ADMINISTRATOR),
    EDIT_PLACES(Role.COORDINATOR),
    IMPORT_FILES(Role.COORDINATOR, Role.ADMINISTRATOR),
    EDIT_NEEDS(Role.COORDINATOR),
    PLAN(Role.COORDINATOR),
    MOVE_STOCK(Role.COORDINATOR),
    MANAGE_VOLUNTEERS(Role.COORDINATOR),
    VIEW_OWN_GIFTS(Role.DONOR, Role.COORDINATOR),
    VIEW_TRAINING(Role.TRAINER, Role.MUNICIPALITY),
    EDIT_TRAINING(Role.TRAINER),
    ADMINISTER(Role.ADMINISTRATOR);

    private final Set<Role> allowedRoles;

    Action(Role first, Role... others) {
        allowedRoles = Set.copyOf(EnumSet.of(first, others));
    }

    boolean isAllowedTo(Role role) {
        return allowedRoles.contains(role);
    }
}
