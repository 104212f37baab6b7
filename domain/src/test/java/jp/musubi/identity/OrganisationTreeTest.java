package jp.musubi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.OrganisationTree.Refusal;
import org.junit.jupiter.api.Test;

class OrganisationTreeTest {

    private static final OrganisationEntry UNION = entry(1, 0, OrganisationKind.UNION, "連合会", "Union", true, 0);
    private static final OrganisationEntry MEMBER = entry(2, 1, OrganisationKind.MEMBER, "センター事業団", "Centre", true, 0);
    private static final OrganisationEntry OFFICE = entry(3, 2, OrganisationKind.OFFICE, "仙台事業所", "Sendai", true, 2);
    private static final OrganisationEntry CLOSED = entry(4, 2, OrganisationKind.OFFICE, "旧事業所", "Old", false, 0);
    private static final OrganisationEntry DONOR = entry(5, 0, OrganisationKind.DONOR, "寄付団体", "Donor", true, 0);

    private final OrganisationTree tree = new OrganisationTree(List.of(DONOR, CLOSED, OFFICE, MEMBER, UNION));

    @Test
    void listsEveryOrganisationAfterTheOneItBelongsTo() {
        assertThat(tree.listNodes())
                .extracting(node -> node.entry().id().value() + "@" + node.depth())
                .containsExactly("1@0", "2@1", "3@2", "4@2", "5@0");
    }

    @Test
    void keepsTheOrderUnionMemberOffice() {
        assertThat(tree.refuseToAdd(draft(1, OrganisationKind.MEMBER))).isEmpty();
        assertThat(tree.refuseToAdd(draft(1, OrganisationKind.OFFICE))).isEmpty();
        assertThat(tree.refuseToAdd(draft(2, OrganisationKind.OFFICE))).isEmpty();
        assertThat(tree.refuseToAdd(draft(0, OrganisationKind.DONOR))).isEmpty();
        assertThat(tree.refuseToAdd(draft(0, OrganisationKind.OFFICE))).contains(Refusal.PARENT_NEEDED);
        assertThat(tree.refuseToAdd(draft(3, OrganisationKind.OFFICE)))
                .contains(Refusal.PARENT_OF_THIS_KIND_IMPOSSIBLE);
        assertThat(tree.refuseToAdd(draft(1, OrganisationKind.DONOR))).contains(Refusal.NO_PARENT_POSSIBLE);
    }

    @Test
    void addsNothingBelowAClosedOrganisation() {
        OrganisationTree closedMember = new OrganisationTree(
                List.of(UNION, entry(2, 1, OrganisationKind.MEMBER, "センター事業団", "Centre", false, 0), CLOSED));

        assertThat(closedMember.refuseToAdd(draft(2, OrganisationKind.OFFICE))).contains(Refusal.PARENT_CLOSED);
        assertThat(closedMember.refuseToReopen(CLOSED.id())).contains(Refusal.PARENT_CLOSED);
    }

    @Test
    void keepsNeighboursApartByName() {
        Organisation sameName = new Organisation(
                new OrganisationId(0),
                Optional.of(MEMBER.id()),
                OrganisationKind.OFFICE,
                "新しい事業所",
                "SENDAI",
                Optional.empty());

        assertThat(tree.refuseToAdd(sameName)).contains(Refusal.NAME_TAKEN);
        assertThat(tree.refuseToRename(OFFICE.organisation()))
                .as("its own name")
                .isEmpty();
    }

    @Test
    void closesOnlyWhatNobodyDependsOn() {
        assertThat(tree.refuseToClose(MEMBER.id())).contains(Refusal.HAS_OPEN_PARTS);
        assertThat(tree.refuseToClose(OFFICE.id())).contains(Refusal.HAS_PEOPLE);
        assertThat(tree.refuseToClose(DONOR.id())).isEmpty();
        assertThat(tree.refuseToReopen(CLOSED.id())).isEmpty();
    }

    private static Organisation draft(long parent, OrganisationKind kind) {
        return new Organisation(new OrganisationId(0), parent(parent), kind, "新しい", "New", Optional.empty());
    }

    private static OrganisationEntry entry(
            long id, long parent, OrganisationKind kind, String ja, String en, boolean open, int people) {
        return new OrganisationEntry(
                new Organisation(new OrganisationId(id), parent(parent), kind, ja, en, Optional.empty()),
                open ? Optional.empty() : Optional.of(Instant.parse("2011-04-01T00:00:00Z")),
                people,
                0);
    }

    private static Optional<OrganisationId> parent(long id) {
        return id == 0 ? Optional.empty() : Optional.of(new OrganisationId(id));
    }
}
