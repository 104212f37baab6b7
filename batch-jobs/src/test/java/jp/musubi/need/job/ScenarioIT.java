package jp.musubi.need.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.NeedBoard;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.ScenarioFiles;
import jp.musubi.response.job.Tohoku2011;
import jp.musubi.training.CohortId;
import jp.musubi.training.Stage;
import jp.musubi.training.store.CohortBoard;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The scenario goes through the very same import as everybody's files. */
@MusubiIT
class ScenarioIT {

    private final ScenarioFiles scenario;
    private final FeedFiles files;
    private final Responses responses;
    private final NeedBoard board;
    private final JdbcClient jdbc;
    private final CohortBoard cohorts;

    ScenarioIT(
            ScenarioFiles scenario,
            FeedFiles files,
            Responses responses,
            NeedBoard board,
            JdbcClient jdbc,
            CohortBoard cohorts,
            Organisations organisations) {
        this.cohorts = cohorts;
        // The office the scenario's courses belong to; the first start makes it.
        organisations.add(new Organisation(
                new OrganisationId(0),
                Optional.empty(),
                OrganisationKind.OFFICE,
                "東北復興本部",
                "Tohoku Reconstruction Head Office",
                Optional.empty()));
        this.scenario = scenario;
        this.files = files;
        this.responses = responses;
        this.board = board;
        this.jdbc = jdbc;
    }

    @Test
    void everyRowIsAcceptedAndMarkedAsDerivedAndTheSecondStartAddsNothing() {
        Response response = responses.open(new Response(
                new ResponseId(0),
                "scenario-it",
                "想定",
                "Scenario",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE),
                new Bounds(36, 139, 42, 142),
                new ResponseClock.Fixed(Tohoku2011.START),
                true));
        List<String> said = new ArrayList<>();

        scenario.load(response, false, said::add);
        scenario.load(response, false, said::add);

        List<FeedFile> received = files.list(response.id(), 100);
        assertThat(received)
                .extracting(
                        file -> file.kind().orElse(""),
                        FeedFile::state,
                        file -> file.counts().created(),
                        file -> file.counts().rejected())
                .containsExactlyInAnyOrder(
                        tuple("hubs", FeedState.DONE, 17L, 0L),
                        tuple("communities", FeedState.DONE, 400L, 0L),
                        tuple("needs", FeedState.DONE, 3_000L, 0L),
                        tuple("donations", FeedState.DONE, 5_000L, 0L),
                        tuple("volunteers", FeedState.DONE, 300L, 0L),
                        tuple("shifts", FeedState.DONE, 120L, 0L),
                        tuple("cohorts", FeedState.DONE, 9L, 0L),
                        tuple("sessions", FeedState.DONE, 686L, 0L),
                        tuple("trainees", FeedState.DONE, 115L, 0L),
                        tuple("attendance", FeedState.DONE, 5_600L, 0L),
                        tuple("certificates", FeedState.DONE, 64L, 0L),
                        tuple("follow-ups", FeedState.DONE, 10L, 0L));
        assertThat(furthestStages(response))
                .as("one cohort in each stage")
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "TOME-1", Stage.SUSTAINED_6,
                        "ISHINOMAKI-1", Stage.LAUNCHED,
                        "KESENNUMA-1", Stage.INCORPORATED,
                        "MINAMISANRIKU-1", Stage.FOUNDING_GROUP,
                        "WATARI-1", Stage.COMPLETED,
                        "KAMAISHI-1", Stage.IN_TRAINING,
                        "OFUNATO-1", Stage.ENROLLED,
                        "OTSUCHI-1", Stage.SCREENED,
                        "NODA-1", Stage.APPLIED));
        for (String table : List.of("community", "hub", "need", "cohort", "trainee")) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table + " WHERE response_id = ? AND NOT derived")
                            .param(response.id().value())
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        List<CommunityNeeds> needs = board.listNeeds(response.id(), Tohoku2011.START);
        assertThat(needs).hasSize(400);
        assertThat(needs)
                .anySatisfy(
                        community -> assertThat(community.headcountUnknown()).isTrue())
                .anySatisfy(community -> assertThat(community.items())
                        .anySatisfy(item -> assertThat(item.net().lines())
                                .anySatisfy(line ->
                                        assertThat(line.line().isEstimate()).isTrue())));
    }

    /** The furthest stage anybody of each cohort has reached on the scenario's last day. */
    private Map<String, Stage> furthestStages(Response response) {
        List<CohortBoard.Line> lines = cohorts.listCohorts(response.id());
        LocalDate day = cohorts.newestDay(response.id()).orElseThrow();
        Map<CohortId, CohortBoard.Funnel> funnels = cohorts.funnels(lines, day, Optional.empty());
        return lines.stream()
                .collect(Collectors.toMap(
                        CohortBoard.Line::number,
                        line -> Objects.requireNonNull(funnels.get(line.id())).reached().keySet().stream()
                                .max(Comparator.naturalOrder())
                                .orElse(Stage.UNKNOWN)));
    }
}
