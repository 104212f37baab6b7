package jp.musubi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.response.ResponseId;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final ResponseId TOHOKU = new ResponseId(1);
    private static final ResponseId ELSEWHERE = new ResponseId(2);

    @Test
    void actsOnlyInTheResponseOfTheGrant() {
        Actor actor = actor(new Grant(Role.COORDINATOR, Optional.empty(), Optional.empty(), Optional.of(TOHOKU)));

        assertThat(actor.mayDo(Action.PLAN, Scope.of(TOHOKU))).isTrue();
        assertThat(actor.mayDo(Action.PLAN, Scope.of(ELSEWHERE))).isFalse();
        assertThat(actor.mayDoSomewhere(Action.PLAN, Optional.of(ELSEWHERE))).isFalse();
    }

    @Test
    void actsOnlyInTheRegionOfTheGrant() {
        Actor actor = actor(new Grant(Role.COORDINATOR, Optional.empty(), Optional.of("03"), Optional.of(TOHOKU)));

        assertThat(actor.mayDo(Action.EDIT_NEEDS, Scope.of(TOHOKU).inMunicipality("03461")))
                .isTrue();
        assertThat(actor.mayDo(Action.EDIT_NEEDS, Scope.of(TOHOKU).inMunicipality("04205")))
                .isFalse();
        assertThat(actor.mayDo(Action.EDIT_NEEDS, Scope.of(TOHOKU)))
                .as("a limited grant does not give the whole")
                .isFalse();
        assertThat(actor.mayDoSomewhere(Action.EDIT_NEEDS, Optional.of(TOHOKU))).isTrue();
        assertThat(actor.regionsFor(Action.EDIT_NEEDS, Scope.of(TOHOKU))).contains(Set.of("03"));
    }

    @Test
    void actsOnlyForTheOrganisationOfTheGrant() {
        OrganisationId own = new OrganisationId(7);
        Actor donor = actor(new Grant(Role.DONOR, Optional.of(own), Optional.empty(), Optional.empty()));

        assertThat(donor.mayDo(Action.VIEW_OWN_GIFTS, Scope.of(TOHOKU).forOrganisation(own)))
                .isTrue();
        assertThat(donor.mayDo(Action.VIEW_OWN_GIFTS, Scope.of(TOHOKU).forOrganisation(new OrganisationId(8))))
                .isFalse();
    }

    @Test
    void doesNotPlanAsADonor() {
        Actor donor = actor(new Grant(Role.DONOR, Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(donor.mayDo(Action.PLAN, Scope.of(TOHOKU))).isFalse();
        assertThat(donor.mayDo(Action.ADMINISTER, Scope.installation())).isFalse();
    }

    @Test
    void mayDoNothingWithoutAGrant() {
        Actor nobody = new Actor(Optional.empty(), List.of());

        for (Action action : Action.values()) {
            assertThat(nobody.mayDo(action, Scope.of(TOHOKU))).as(action.name()).isFalse();
        }
    }

    private static Actor actor(Grant grant) {
        return new Actor(Optional.of(new PersonId(1)), List.of(grant));
    }
}
