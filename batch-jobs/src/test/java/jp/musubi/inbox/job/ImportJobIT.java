package jp.musubi.inbox.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.response.ResponseClosed;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.chunk=100")
class ImportJobIT {

    @TestConfiguration
    static class Kinds {
        @Bean
        Wells wells(JdbcTemplate jdbc) {
            return new Wells(jdbc);
        }
    }

    private final FeedInbox inbox;
    private final FeedFiles files;
    private final FileStore store;
    private final ImportJobs jobs;
    private final Responses responses;
    private final Wells wells;
    private final JdbcClient jdbc;
    private ResponseId response = new ResponseId(0);

    ImportJobIT(
            FeedInbox inbox,
            FeedFiles files,
            FileStore store,
            ImportJobs jobs,
            Responses responses,
            Wells wells,
            JdbcClient jdbc) {
        this.inbox = inbox;
        this.files = files;
        this.store = store;
        this.jobs = jobs;
        this.responses = responses;
        this.wells = wells;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void anotherResponse() {
        response = responses
                .open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), "t-" + UUID.randomUUID()))
                .id();
    }

    @Test
    void takesGoodRowsAndKeepsRejectedOnesWithEverythingThatIsWrong() throws IOException {
        FeedFile file = imported("""
                井戸番号,日量,検査日時,備考
                W-1,900,2011-03-13T09:00:00+09:00,x
                ,12 L,2011-03-13,個人の名前
                W-3,"1,200",,
                W-1,5,,again
                """);

        assertThat(file.state()).isEqualTo(FeedState.DONE);
        assertThat(file.kind()).contains("wells");
        assertThat(file.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2));
        assertThat(file.message().map(FeedFile.Message::text).map(t -> t.ja())).contains("読まなかった列: 備考。");
        assertThat(file.percent()).isEqualTo(100);
        assertThat(litres()).isEqualTo("W-1=900 W-3=1200");
        List<RejectedRow> rejected = files.listRejected(file.id(), 0, 10);
        assertThat(rejected).extracting(RejectedRow::line).containsExactly(3L, 5L);
        assertThat(rejected.get(0).cells()).containsExactly("", "12 L", "2011-03-13", "個人の名前");
        assertThat(rejected.get(0).problems())
                .extracting(RowProblem::code, p -> p.place().column(), RowProblem::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("missing", "井戸番号", ""),
                        org.assertj.core.groups.Tuple.tuple("not-a-whole-number", "日量", "12 L"),
                        org.assertj.core.groups.Tuple.tuple("time-without-offset", "検査日時", "2011-03-13"));
        assertThat(rejected.get(1).problems()).extracting(RowProblem::code).containsExactly("duplicate");
        assertThat(jdbc.sql("SELECT count(*) FROM feed_rejected_row WHERE cells_sealed LIKE '%名前%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(files.countProblems(file.id())).hasSize(4);
    }

    @Test
    void changesNothingWhenTheSameRowsComeAgain() throws IOException {
        imported("well_id,litres_per_day\nW-1,900\nW-2,800\n");

        FeedFile resaved = imported("\ufeffLitres per day;Well id\r\n900;W-1\r\n800.0;\"W-2\"\r\n");

        assertThat(resaved.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0));
        assertThat(corrections()).isZero();
    }

    @Test
    void correctsOnlyWhatDiffers() throws IOException {
        imported("well_id,litres_per_day\nW-1,900\nW-2,800\n");

        FeedFile corrected = imported("well_id,litres_per_day\nW-1,900\nW-2,850\nW-3,1\n");

        assertThat(corrected.counts()).isEqualTo(new Counts(3, 1, 1, 1, 0));
        assertThat(litres()).isEqualTo("W-1=900 W-2=850 W-3=1");
        assertThat(corrections()).isEqualTo(1);
    }

    @Test
    void keepsRecordsOfDifferentSourcesApart() throws IOException {
        imported("well_id,litres_per_day\nW-1,900\n");
        FeedId other = inbox.receive(delivery("other-town", "k"), bytes("well_id,litres_per_day\nW-1,5\n"));

        assertThat(jobs.submit(other).join().counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    void receivesOneDeliveryOnce() throws IOException {
        FeedId first = inbox.receive(delivery("main", "inbox/a.csv@1"), bytes("well_id,litres_per_day\nW-1,900\n"));
        FeedId again = inbox.receive(delivery("main", "inbox/a.csv@1"), bytes("well_id,litres_per_day\nW-1,900\n"));

        assertThat(again).isEqualTo(first);
        assertThat(files.list(response, 10)).hasSize(1);
    }

    @Test
    void stopsWhenTheResponseIsClosedAndGoesOnWhenItIsReopened() throws IOException {
        FeedId waiting = inbox.receive(delivery("main", "closed"), bytes("well_id,litres_per_day\nW-1,900\n"));
        responses.close(response, responses.getEntry(response).version());

        FeedFile refused = jobs.submit(waiting).join();

        assertThat(refused.state()).isEqualTo(FeedState.FAILED);
        assertThat(refused.message()
                        .map(FeedFile.Message::text)
                        .map(t -> t.en())
                        .orElse(""))
                .contains("“Test” is closed");
        assertThat(litres()).isEmpty();
        assertThatThrownBy(() -> inbox.receive(delivery("main", "late"), bytes("well_id,litres_per_day\nW-2,1\n")))
                .isInstanceOf(ResponseClosed.class);

        responses.reopen(response, responses.getEntry(response).version());
        assertThat(ImportJobs.isResumable(refused)).isTrue();
        assertThat(files.requeue(waiting)).isTrue();
        assertThat(jobs.submit(waiting).join().counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    void goesOnAfterTheProcessWasKilledAndEndsLikeAnUndisturbedRun() throws IOException {
        String table = table(1050);
        FeedFile undisturbed = imported(table);
        String expected = litres();
        jdbc.sql("DELETE FROM well").update();

        FeedId feed = inbox.receive(delivery("main", "killed"), bytes(table));
        wells.failAfter(430);
        FeedFile broken = jobs.submit(feed).join();
        assertThat(broken.state()).isEqualTo(FeedState.FAILED);
        assertThat(broken.counts().read()).isEqualTo(400);
        asIfKilledWhileRunning(feed);

        assertThat(jobs.takeUp()).contains(feed);
        FeedFile resumed = jobs.submit(feed).join();

        assertThat(resumed.state()).isEqualTo(FeedState.DONE);
        assertThat(resumed.counts()).isEqualTo(undisturbed.counts());
        assertThat(resumed.counts()).isEqualTo(new Counts(1050, 1049, 0, 0, 1));
        assertThat(litres()).isEqualTo(expected);
        assertThat(jdbc.sql("SELECT count(*) FROM batch_job_execution WHERE status = 'STARTED'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void leavesAFileToTheNodeThatReadsIt() throws IOException {
        FeedId feed = inbox.receive(delivery("main", "elsewhere"), bytes(table(10)));
        assertThat(files.claim(feed, "another-node")).isTrue();

        assertThat(jobs.takeUp()).doesNotContain(feed);
        assertThat(jobs.submit(feed).join().counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void stopsBetweenChunksAndResumes() throws IOException {
        FeedId feed = inbox.receive(delivery("main", "stopped"), bytes(table(1000)));
        jdbc.sql("UPDATE feed_file SET stop_requested = TRUE WHERE id = ?")
                .param(feed.value())
                .update();
        FeedFile stopped = jobs.submit(feed).join();
        assertThat(stopped.state()).isEqualTo(FeedState.STOPPED);
        assertThat(stopped.counts().read()).isEqualTo(100);
        assertThat(stopped.percent()).isBetween(5, 99);

        assertThat(jobs.resume(feed)).isTrue();
        FeedFile resumed = jobs.submit(feed).join();

        assertThat(resumed.state()).isEqualTo(FeedState.DONE);
        assertThat(resumed.counts()).isEqualTo(new Counts(1000, 999, 0, 0, 1));
    }

    @Test
    void stopsAWaitingFileAtOnce() throws IOException {
        FeedId feed = inbox.receive(delivery("main", "waiting"), bytes(table(10)));

        assertThat(jobs.stop(feed)).isTrue();
        assertThat(jobs.submit(feed).join().state()).isEqualTo(FeedState.STOPPED);
        assertThat(jobs.stop(feed)).isFalse();
    }

    @Test
    void saysWhyAFileWasNotRead() throws IOException {
        assertThat(messageOf("")).isEqualTo("empty-file");
        assertThat(messageOf("well_id,litres_per_day\n")).isEqualTo("no-rows");
        assertThat(messageOf("a,b\n1,2\n")).isEqualTo("unknown-kind");
        assertThat(messageOf("well_id,litres_per_day\nW-1,900\n\"W-2,800\nW-3,1\n"))
                .isEqualTo("unclosed-quote");
    }

    @Test
    void deletesContentAndRejectedRowsWhenTheirRetentionEnds() throws IOException {
        FeedFile old = imported("well_id,litres_per_day\nW-1,much\nW-2,800\n");
        FeedFile kept = imported("well_id,litres_per_day\nW-9,much\n");
        jdbc.sql("UPDATE feed_file SET retain_until = received_at WHERE id = ?")
                .param(old.id().value())
                .update();

        assertThat(files.endRetention()).isEqualTo(1);

        assertThat(files.listRejected(old.id(), 0, 10)).isEmpty();
        assertThatThrownBy(() -> store.open(old.contentHash())).isInstanceOf(NoSuchFileException.class);
        assertThat(files.get(old.id()).counts()).isEqualTo(old.counts());
        assertThat(files.listRejected(kept.id(), 0, 10)).hasSize(1);
        assertThat(imported("well_id,litres_per_day\nW-1,much\nW-2,800\n").counts())
                .isEqualTo(new Counts(2, 0, 1, 0, 1));
    }

    @Test
    void anotherFileUnderAUsedKeyIsAnotherDelivery() throws IOException {
        FeedId first = inbox.receive(delivery("main", "mail-1"), bytes("well_id,litres_per_day\nW-1,900\n"));

        FeedId repeated = inbox.receive(delivery("main", "mail-1"), bytes("well_id,litres_per_day\nW-1,900\n"));
        FeedId other = inbox.receive(delivery("main", "mail-1"), bytes("well_id,litres_per_day\nW-2,800\n"));

        assertThat(repeated).isEqualTo(first);
        assertThat(files.list(response, 10)).extracting(FeedFile::id).containsExactly(other, first);
    }

    @Test
    void forgetsContentThatNoFileRefersToWhenItsRetentionEnds() throws IOException {
        String old = store.keep(bytes("old " + UUID.randomUUID()), "text/csv").contentHash();
        String again = "again " + UUID.randomUUID();
        String repeated = store.keep(bytes(again), "text/csv").contentHash();
        jdbc.sql("UPDATE stored_file SET stored_at = ? WHERE content_hash IN (?, ?)")
                .params(Timestamp.from(Instant.parse("2020-01-01T00:00:00Z")), old, repeated)
                .update();
        store.keep(bytes(again), "text/csv");

        files.endRetention();

        assertThatThrownBy(() -> store.open(old)).isInstanceOf(NoSuchFileException.class);
        try (InputStream kept = store.open(repeated)) {
            assertThat(kept).as("kept anew just now").hasContent(again);
        }
    }

    private String messageOf(String content) throws IOException {
        FeedFile file = imported(content);
        assertThat(file.state()).isEqualTo(FeedState.FAILED);
        return file.message().orElseThrow().code();
    }

    private void asIfKilledWhileRunning(FeedId feed) {
        jdbc.sql("""
                        UPDATE batch_step_execution SET status = 'STARTED', end_time = NULL
                         WHERE job_execution_id = (SELECT max(job_execution_id) FROM batch_job_execution)""").update();
        jdbc.sql("""
                        UPDATE batch_job_execution SET status = 'STARTED', end_time = NULL
                         WHERE job_execution_id = (SELECT max(job_execution_id) FROM batch_job_execution)""").update();
        jdbc.sql("""
                        UPDATE feed_file SET state = 'RUNNING', message_code = NULL, finished_at = NULL
                         WHERE id = ?""").param(feed.value()).update();
    }

    /** A table with one duplicate in its last rows, of the first row. */
    private static String table(int rows) {
        return "well_id,litres_per_day\n"
                + IntStream.range(0, rows - 1)
                        .mapToObj(i -> "W-" + i + "," + (1 + i))
                        .collect(Collectors.joining("\n"))
                + "\nW-0,999\n";
    }

    private FeedFile imported(String content) throws IOException {
        return jobs.submit(inbox.receive(delivery("main", UUID.randomUUID().toString()), bytes(content)))
                .join();
    }

    private Delivery delivery(String source, String key) {
        return new Delivery(response, Optional.empty(), source, "wells.csv", key, Optional.empty());
    }

    private static ByteArrayInputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private String litres() {
        return jdbc
                .sql("SELECT external_id, litres FROM well WHERE response_id = ? ORDER BY external_id")
                .param(response.value())
                .query((row, n) -> row.getString(1) + "=" + row.getLong(2))
                .list()
                .stream()
                .collect(Collectors.joining(" "));
    }

    private long corrections() {
        return jdbc.sql("SELECT sum(corrections) FROM well WHERE response_id = ?")
                .param(response.value())
                .query(Long.class)
                .single();
    }
}
