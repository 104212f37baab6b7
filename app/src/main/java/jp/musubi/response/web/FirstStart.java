package jp.musubi.response.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.ScenarioFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes an empty installation usable: the people of the first hour, and the response of the scenario with its files in
 * the inbox. Running it again changes nothing but makes fresh sign-in links.
 */
@Component
public class FirstStart {

    /** How long the links that {@code run} prints can be used. */
    public static final Duration LINKS_LAST = Duration.ofHours(12);

    private static final String SCENARIO_CODE = "tohoku-2011";

    private final Responses responses;
    private final Organisations organisations;
    private final People people;
    private final SignInLinks links;
    private final ObjectProvider<ScenarioFiles> scenarioFiles;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FirstStart(
            Responses responses,
            Organisations organisations,
            People people,
            SignInLinks links,
            ObjectProvider<ScenarioFiles> scenarioFiles,
            TransactionTemplate transaction,
            Clock clock) {
        this.responses = responses;
        this.organisations = organisations;
        this.people = people;
        this.links = links;
        this.scenarioFiles = scenarioFiles;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A link for one of the people of the first hour.
     *
     * @param token the one-time token, shown once
     */
    public record SignInAddress(String role, String token) {}

    /**
     * Prepares the installation.
     *
     * @param scenario {@code none}, {@code tohoku-2011} or {@code tohoku-2011:large}
     * @param say takes a line of progress
     * @return links for the people of the first hour
     */
    public List<SignInAddress> prepare(String scenario, Consumer<String> say) {
        boolean withScenario = !scenario.equals("none");
        List<SignInAddress> addresses = new ArrayList<>();
        transaction.executeWithoutResult(status -> addresses.addAll(peopleOfTheFirstHour(withScenario)));
        if (withScenario) {
            Optional<Response> known = responses.findByCode(SCENARIO_CODE);
            Response response = known.orElseGet(() -> openScenario(say));
            scenarioFiles.ifAvailable(files -> files.load(response, scenario.endsWith(":large"), say));
        }
        return addresses;
    }

    private Response openScenario(Consumer<String> say) {
        say.accept("Opening the response tohoku-2011 …");
        Instant inside = Instant.parse("2011-03-14T00:00:00Z");
        return responses.open(new Response(
                new ResponseId(0),
                SCENARIO_CODE,
                "東日本大震災（2011年3月11日）想定演習",
                "Great East Japan Earthquake, 11 March 2011 (exercise)",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE, Locale.ENGLISH),
                new Bounds(36.5, 138.5, 41.8, 142.5),
                ResponseClock.Offset.showing(inside, clock.instant()),
                true));
    }

    private List<SignInAddress> peopleOfTheFirstHour(boolean withScenario) {
        List<SignInAddress> addresses = new ArrayList<>();
        for (Role role : withScenario
                ? List.of(Role.COORDINATOR, Role.TRAINER, Role.DONOR, Role.ADMINISTRATOR)
                : List.of(Role.ADMINISTRATOR)) {
            String login = role.name().toLowerCase(Locale.ROOT);
            Person person = people.findByLogin(login).orElseGet(() -> register(login, role));
            addresses.add(new SignInAddress(login, links.issue(person.id(), Purpose.FIRST_START, LINKS_LAST)));
        }
        return addresses;
    }

    private Person register(String login, Role role) {
        Organisation organisation = role == Role.DONOR
                ? find(OrganisationKind.DONOR)
                        .orElseGet(() -> add(
                                Optional.empty(), OrganisationKind.DONOR, "寄付団体（演習）", "Donor organisation (exercise)"))
                : office();
        Person person = people.register(login, organisation.id(), Locale.JAPANESE, nameOf(role));
        Optional<OrganisationId> reach =
                role == Role.DONOR || role == Role.TRAINER ? Optional.of(organisation.id()) : Optional.empty();
        people.grant(person.id(), new Grant(role, reach, Optional.empty(), Optional.empty()), Optional.empty());
        return person;
    }

    private Organisation office() {
        return find(OrganisationKind.OFFICE).orElseGet(() -> {
            Organisation union = find(OrganisationKind.UNION)
                    .orElseGet(() -> add(
                            Optional.empty(),
                            OrganisationKind.UNION,
                            "日本労働者協同組合連合会",
                            "Japan Workers' Co-operative Union"));
            return add(Optional.of(union.id()), OrganisationKind.OFFICE, "東北復興本部", "Tohoku Reconstruction Head Office");
        });
    }

    private Optional<Organisation> find(OrganisationKind kind) {
        return organisations.listOrganisations().stream()
                .filter(organisation -> organisation.kind() == kind)
                .findFirst();
    }

    private Organisation add(Optional<OrganisationId> parent, OrganisationKind kind, String ja, String en) {
        return organisations.add(new Organisation(new OrganisationId(0), parent, kind, ja, en, Optional.empty()));
    }

    private static String nameOf(Role role) {
        return switch (role) {
            case COORDINATOR -> "調整担当（演習）";
            case TRAINER -> "訓練担当（演習）";
            case DONOR -> "寄付者（演習）";
            case MUNICIPALITY -> "市町村担当（演習）";
            case ADMINISTRATOR -> "管理者";
        };
    }
}
