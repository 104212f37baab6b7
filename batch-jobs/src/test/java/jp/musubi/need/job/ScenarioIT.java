package jp.musubi.need.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.musubi.common.store.MusubiIT;
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

    ScenarioIT(ScenarioFiles scenario, FeedFiles files, Responses responses, NeedBoard board, JdbcClient jdbc) {
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
                        tuple("shifts", FeedState.DONE, 120L, 0L));
        for (String table : List.of("community", "hub", "need")) {
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
}
