package jp.musubi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Granting.Refusal;
import jp.musubi.response.ResponseId;
import org.junit.jupiter.api.Test;

class GrantingTest {

    private static final PersonId CHIEF = new PersonId(1);
    private static final PersonId DEPUTY = new PersonId(2);
    private static final PersonId GONE = new PersonId(3);
    private static final OrganisationId OFFICE = new OrganisationId(7);
    private static final Grant WHOLE = grant(Role.ADMINISTRATOR, Optional.empty(), Optional.empty());
    private static final Grant OF_OFFICE = grant(Role.ADMINISTRATOR, Optional.of(OFFICE), Optional.empty());
    private static final GrantEntry CHIEFS = entry(1, CHIEF, WHOLE);
    private static final GrantEntry GONES = entry(2, GONE, WHOLE);
    private static final GrantEntry DEPUTYS = entry(3, DEPUTY, OF_OFFICE);

    private final Granting granting = new Granting(List.of(CHIEFS, GONES, DEPUTYS), Set.of(CHIEF, DEPUTY));

    @Test
    void nobodyGivesMoreThanTheyHold() {
        Actor deputy = new Actor(Optional.of(DEPUTY), List.of(OF_OFFICE));

        assertThat(granting.refuseToGrant(deputy, DEPUTY, WHOLE)).contains(Refusal.MORE_THAN_OWN);
        assertThat(granting.refuseToGrant(deputy, DEPUTY, grant(Role.TRAINER, Optional.empty(), Optional.empty())))
                .contains(Refusal.MORE_THAN_OWN);
        assertThat(granting.refuseToGrant(deputy, DEPUTY, grant(Role.TRAINER, Optional.of(OFFICE), Optional.empty())))
                .isEmpty();
        assertThat(granting.refuseToGrant(deputy, DEPUTY, grant(Role.TRAINER, Optional.of(OFFICE), Optional.of("03"))))
                .isEmpty();
        assertThat(granting.refuseToRevoke(deputy, CHIEFS)).contains(Refusal.MORE_THAN_OWN);
    }

    @Test
    void someoneWhoOnlyPlansGivesNothing() {
        Actor coordinator =
                new Actor(Optional.of(DEPUTY), List.of(grant(Role.COORDINATOR, Optional.empty(), Optional.empty())));

        assertThat(granting.refuseToGrant(
                        coordinator, DEPUTY, grant(Role.COORDINATOR, Optional.empty(), Optional.empty())))
                .contains(Refusal.MORE_THAN_OWN);
    }

    @Test
    void aRoleIsHeldOnceAndOnlyByPeopleWithAccess() {
        Actor chief = new Actor(Optional.of(CHIEF), List.of(WHOLE));

        assertThat(granting.refuseToGrant(chief, DEPUTY, OF_OFFICE)).contains(Refusal.ALREADY_HELD);
        assertThat(granting.refuseToGrant(chief, GONE, OF_OFFICE)).contains(Refusal.NOT_ACTIVE);
    }

    @Test
    void nobodyActsForSomeoneWhoMayDoMore() {
        Actor chief = new Actor(Optional.of(CHIEF), List.of(WHOLE));
        Actor deputy = new Actor(Optional.of(DEPUTY), List.of(OF_OFFICE));

        assertThat(granting.mayActFor(chief, DEPUTY)).isTrue();
        assertThat(granting.mayActFor(deputy, DEPUTY)).isTrue();
        assertThat(granting.mayActFor(deputy, CHIEF)).isFalse();
    }

    @Test
    void theLastAdministratorStays() {
        Actor chief = new Actor(Optional.of(CHIEF), List.of(WHOLE));

        assertThat(granting.refuseToRevoke(chief, CHIEFS))
                .as("the other whole administrator has no access any more")
                .contains(Refusal.LAST_ADMINISTRATOR);
        assertThat(granting.refuseToDeactivate(CHIEF)).contains(Refusal.LAST_ADMINISTRATOR);
        assertThat(granting.refuseToRevoke(chief, DEPUTYS)).isEmpty();
        assertThat(granting.refuseToDeactivate(DEPUTY)).isEmpty();
        assertThat(new Granting(List.of(CHIEFS, GONES), Set.of(CHIEF, GONE)).refuseToRevoke(chief, CHIEFS))
                .isEmpty();
    }

    private static Grant grant(Role role, Optional<OrganisationId> organisation, Optional<String> region) {
        return new Grant(role, organisation, region, Optional.<ResponseId>empty());
    }

    private static GrantEntry entry(long id, PersonId person, Grant grant) {
        return new GrantEntry(new GrantId(id), person, grant, Instant.parse("2011-03-14T00:00:00Z"), Optional.empty());
    }
}
