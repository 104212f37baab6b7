package jp.musubi.identity.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.GrantId;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonDetails;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.Test;

/** Responses, organisations and people as administrators edit them. */
@MusubiIT
class RegistersIT {

    private final Responses responses;
    private final Organisations organisations;
    private final People people;
    private final SignInLinks links;
    private final ChangeLog changes;
    private final AuditList audit;

    RegistersIT(
            Responses responses,
            Organisations organisations,
            People people,
            SignInLinks links,
            ChangeLog changes,
            AuditList audit) {
        this.responses = responses;
        this.organisations = organisations;
        this.people = people;
        this.links = links;
        this.changes = changes;
        this.audit = audit;
    }

    @Test
    void overwritesNoResponseThatSomebodyElseChanged() {
        ResponseEntry opened = responses.getEntry(
                responses.open(response(0, new ResponseClock.Real(), "最初")).id());
        Response mine = response(opened.response().id().value(), new ResponseClock.Fixed(Instant.EPOCH), "私の");
        Response theirs =
                response(opened.response().id().value(), new ResponseClock.Offset(Duration.ofDays(-3)), "相手の");

        ResponseEntry after = responses.change(theirs, opened.version());

        assertThat(after.version()).isGreaterThan(opened.version());
        assertThatThrownBy(() -> responses.change(mine, opened.version())).isInstanceOf(ChangedMeanwhile.class);
        assertThat(responses.getEntry(theirs.id()).response().nameJa()).isEqualTo("相手の");
        assertThat(responses.change(mine, after.version()).response().clock())
                .isEqualTo(new ResponseClock.Fixed(Instant.EPOCH));
        assertThat(responses.getById(mine.id()).code())
                .as("the code stays")
                .isEqualTo(opened.response().code());
    }

    @Test
    void listsClosedResponsesLast() {
        ResponseId older =
                responses.open(response(0, new ResponseClock.Real(), "古い")).id();
        ResponseId newer =
                responses.open(response(0, new ResponseClock.Real(), "新しい")).id();

        ResponseEntry closed = responses.close(newer, responses.getEntry(newer).version());

        assertThat(closed.isOpen()).isFalse();
        List<ResponseId> ids =
                responses.listResponses().stream().map(Response::id).toList();
        assertThat(ids.indexOf(older)).isLessThan(ids.indexOf(newer));
        assertThat(responses.reopen(newer, closed.version()).isOpen()).isTrue();
    }

    @Test
    void overwritesNoOrganisationThatSomebodyElseChanged() {
        Organisation added = organisations.add(office("仙台事業所"));
        OrganisationEntry read = organisations.getEntry(added.id());
        Organisation renamed = named(added.id(), "石巻事業所");

        OrganisationEntry after = organisations.change(renamed, read.version());

        assertThatThrownBy(() -> organisations.close(added.id(), read.version()))
                .isInstanceOf(ChangedMeanwhile.class);
        assertThat(organisations.getEntry(added.id()).organisation().nameJa()).isEqualTo("石巻事業所");
        assertThat(organisations.close(added.id(), after.version()).isOpen()).isFalse();
        assertThat(organisations.listOrganisations())
                .as("a closed one is offered nowhere")
                .noneMatch(organisation -> organisation.id().equals(added.id()));
        assertThat(organisations.listEntries()).anyMatch(entry -> entry.id().equals(added.id()));
    }

    @Test
    void countsPeopleWithAccessOnly() {
        OrganisationId office = organisations.add(office("登米事業所")).id();
        person(office);
        Person leaving = person(office);

        people.deactivate(leaving.id(), people.getEntry(leaving.id()).version());

        assertThat(organisations.getEntry(office).activePeople()).isEqualTo(1);
    }

    @Test
    void overwritesNoPersonThatSomebodyElseChangedEvenIfOnlyTheNameDiffers() {
        Person person = person(organisations.add(office("大船渡事業所")).id());
        PersonEntry read = people.getEntry(person.id());
        PersonDetails theirs = new PersonDetails("相手が直した名前", Optional.of("a@example.org"), Optional.empty());
        PersonDetails mine = new PersonDetails("私が直した名前", Optional.empty(), Optional.empty());

        PersonEntry after = people.change(person.id(), theirs, person.organisation(), Locale.JAPANESE, read.version());

        assertThat(after.version()).isGreaterThan(read.version());
        assertThat(after).isEqualTo(people.getEntry(person.id()));
        assertThatThrownBy(
                        () -> people.change(person.id(), mine, person.organisation(), Locale.JAPANESE, read.version()))
                .isInstanceOf(ChangedMeanwhile.class);
        assertThat(people.getEntry(person.id()).details()).isEqualTo(theirs);
    }

    @Test
    void endsAccessAtOnce() {
        Person person = person(organisations.add(office("釜石事業所")).id());
        people.grant(person.id(), coordinator(), Optional.empty());
        String token = links.issue(person.id(), Purpose.INVITATION, Duration.ofHours(1));

        PersonEntry gone =
                people.deactivate(person.id(), people.getEntry(person.id()).version());

        assertThat(gone.person().active()).isFalse();
        assertThat(gone.person().signInEpoch()).isGreaterThan(person.signInEpoch());
        assertThat(people.listGrants(person.id())).isEmpty();
        assertThat(links.isRedeemable(token)).isFalse();
        assertThat(people.reactivate(person.id(), gone.version()).person().active())
                .isTrue();
        assertThat(people.listGrants(person.id())).containsExactly(coordinator());
    }

    @Test
    void revokesAGrantOnce() {
        Person person = person(organisations.add(office("気仙沼事業所")).id());

        GrantId id = people.grant(person.id(), coordinator(), Optional.of(person.id()));

        assertThat(people.listGrantEntries())
                .filteredOn(entry -> entry.id().equals(id))
                .extracting(GrantEntry::person, GrantEntry::grant, GrantEntry::grantedBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(person.id(), coordinator(), Optional.of(person.id())));
        assertThat(people.revoke(id)).isTrue();
        assertThat(people.revoke(id)).isFalse();
        assertThat(people.listGrants(person.id())).isEmpty();
    }

    @Test
    void revokesLinksThatNobodyUsed() {
        PersonId person = person(organisations.add(office("亘理事業所")).id()).id();
        String lost = links.issue(person, Purpose.INVITATION, Duration.ofHours(1));

        links.revokeUnused(person);
        String fresh = links.issue(person, Purpose.LOST_ACCESS, Duration.ofHours(1));

        assertThat(links.redeem(lost)).isEmpty();
        assertThat(links.redeem(fresh)).contains(person);
        assertThat(people.getEntry(person).lastSignInAt()).isPresent();
    }

    @Test
    void findsChangesByPersonThingAndTime() {
        Person actor = person(organisations.add(office("陸前高田事業所")).id());
        Instant noon = Instant.parse("2011-03-14T03:00:00Z");
        for (int hour = 0; hour < 3; hour++) {
            changes.record(new Change(
                    Optional.empty(),
                    "person",
                    actor.id().value(),
                    "edit",
                    Optional.empty(),
                    Optional.of("{\"hour\":" + hour + "}"),
                    Optional.of(actor.id()),
                    Optional.empty(),
                    noon.plusSeconds(3600L * hour)));
        }

        AuditList.Page<AuditList.ChangeLine> page = audit.listChanges(
                new AuditList.Filter(
                        Optional.of(actor.login()),
                        Optional.of("person"),
                        Optional.of(actor.id().value()),
                        Optional.empty(),
                        Optional.of(noon),
                        Optional.of(noon.plusSeconds(7200))),
                2,
                1);

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.pages()).isEqualTo(2);
        assertThat(page.isLast()).isTrue();
        assertThat(page.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.afterJson()).contains("{\"hour\":0}"))
                .satisfies(line -> assertThat(line.name()).isEqualTo(actor.login()));
        assertThat(audit.listAggregates()).contains("person");
    }

    @Test
    void listsSignInsWithWhatBecameOfTheLink() {
        Person person = person(organisations.add(office("南三陸事業所")).id());
        links.redeem(links.issue(person.id(), Purpose.INVITATION, Duration.ofHours(1)));
        links.issue(person.id(), Purpose.LOST_ACCESS, Duration.ofHours(1));
        links.revokeUnused(person.id());

        assertThat(audit.listSignIns(Optional.of(person.login()), 1, 10).lines())
                .extracting(line -> line.purpose()
                        + (line.usedAt().isPresent() ? " used" : "")
                        + (line.revokedAt().isPresent() ? " revoked" : ""))
                .containsExactlyInAnyOrder("INVITATION used", "LOST_ACCESS revoked");
    }

    private Person person(OrganisationId office) {
        return people.register("p-" + UUID.randomUUID().toString().substring(0, 8), office, Locale.JAPANESE, "試験 太郎");
    }

    private static Grant coordinator() {
        return new Grant(Role.COORDINATOR, Optional.empty(), Optional.of("03"), Optional.empty());
    }

    private static Organisation office(String name) {
        return named(new OrganisationId(0), name);
    }

    private static Organisation named(OrganisationId id, String name) {
        return new Organisation(
                id, Optional.empty(), OrganisationKind.DONOR, name, "Office " + name.hashCode(), Optional.of("04100"));
    }

    private static Response response(long id, ResponseClock clock, String name) {
        return new Response(
                new ResponseId(id),
                "r-" + UUID.randomUUID().toString().substring(0, 8),
                name,
                "Test",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE),
                new Bounds(36.5, 138.5, 41.8, 142.5),
                clock,
                true);
    }
}
