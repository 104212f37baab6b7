package jp.musubi.inbox.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.musubi.common.BilingualText;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.DataFolder;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.inbox.store.DropFolder;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.poll-millis=200")
class FeedRoutesIT {

    @TestConfiguration
    static class Kinds {
        @Bean
        ImportKind<String> wells() {
            return new ImportKind<>() {
                @Override
                public String name() {
                    return "wells";
                }

                @Override
                public BilingualText title() {
                    return BilingualText.of("井戸", "Wells");
                }

                @Override
                public List<Column> columns() {
                    return List.of(Column.required("well_id", "井戸番号", "Well id"));
                }

                @Override
                public Optional<String> externalId(Row row) {
                    return row.text("well_id");
                }

                @Override
                public RowInterpreter<String> interpreter(ImportContext context) {
                    return row -> Interpretation.accepted("");
                }

                @Override
                public RowStore<String> store() {
                    return (context, rows) -> RowStore.Applied.of(0, rows.size(), 0);
                }
            };
        }
    }

    private static final String CONTENT = "well_id\nW-1\n";

    private final Feeds feeds;
    private final FeedFiles files;
    private final FileStore store;
    private final DropFolder dropFolder;
    private final Responses responses;
    private final CamelContext camel;
    private final Path inbox;
    private String code = "";
    private ResponseId response = new ResponseId(0);

    FeedRoutesIT(
            Feeds feeds,
            FeedFiles files,
            FileStore store,
            DropFolder dropFolder,
            Responses responses,
            CamelContext camel,
            DataFolder data) {
        this.feeds = feeds;
        this.files = files;
        this.store = store;
        this.dropFolder = dropFolder;
        this.responses = responses;
        this.camel = camel;
        this.inbox = data.folder("inbox");
    }

    @BeforeEach
    void anotherResponse() {
        code = "t-" + UUID.randomUUID();
        response = responses
                .open(new Response(
                        new ResponseId(0),
                        code,
                        "試験",
                        "Test",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE),
                        new Bounds(36, 138, 42, 143),
                        new ResponseClock.Real(),
                        true))
                .id();
    }

    @Test
    void makesAFolderForEachKindWhenAResponseIsOpened() {
        assertThat(inbox.resolve(code).resolve("wells")).isEmptyDirectory();
    }

    @Test
    void takesAFileFromAFolderAndMovesItWhenItIsSafe() throws IOException {
        drop(inbox.resolve(code).resolve("wells"), "a.csv");

        FeedFile file = files.list(response, 10).get(0);
        assertThat(file.kind()).contains("wells");
        assertThat(file.source()).isEqualTo(ImportContext.DEFAULT_SOURCE);
        assertThat(file.name()).isEqualTo("a.csv");
        assertThat(file.state()).isEqualTo(FeedState.WAITING);
        try (InputStream kept = store.open(file.contentHash())) {
            assertThat(kept).hasContent(CONTENT);
        }
        assertThat(namesIn(inbox.resolve(code).resolve("wells"))).isEmpty();
        assertThat(namesIn(inbox.resolve(code).resolve("wells").resolve(".done")))
                .singleElement()
                .asString()
                .endsWith("-a.csv");
    }

    @Test
    void readsTheSourceFromTheFolder() throws IOException {
        drop(inbox.resolve(code).resolve("wells").resolve("kamaishi"), "a.csv");

        assertThat(files.list(response, 10)).extracting(FeedFile::source).containsExactly("kamaishi");
    }

    @Test
    void setsAsideWhatNobodyKnowsAndSaysWhy() throws IOException {
        Path folder = inbox.resolve(code).resolve("wheels");
        drop(folder, "a.csv");

        assertThat(files.list(response, 10)).isEmpty();
        assertThat(folder.resolve(".failed").resolve("a.csv.reason.txt"))
                .content(StandardCharsets.UTF_8)
                .contains("wells")
                .contains("種類「wheels」はありません");
        assertThat(namesIn(folder.resolve(".failed"))).hasSize(2);
    }

    @Test
    void setsAsideWhatComesForAClosedResponse() throws IOException {
        responses.close(response, responses.getEntry(response).version());
        Path folder = inbox.resolve(code).resolve("wells");
        drop(folder, "a.csv");

        assertThat(files.list(response, 10)).isEmpty();
        assertThat(folder.resolve(".failed").resolve("a.csv.reason.txt"))
                .content(StandardCharsets.UTF_8)
                .contains("“Test” is closed")
                .contains("「試験」は終了しています");
        assertThat(namesIn(folder.resolve(".failed"))).hasSize(2);
    }

    @Test
    void deletesOriginalsWhenTheirRetentionEndsAndNotBefore() throws IOException {
        Path folder = inbox.resolve(code).resolve("wells").resolve("kamaishi");
        drop(folder, "a.csv");
        Path done = folder.resolve(".done");
        Path moved = done.resolve(namesIn(done).get(0));
        Path old = Files.copy(moved, done.resolve("20200101-120000000-old.csv"));
        Path failed =
                Files.createDirectories(inbox.resolve(code).resolve("wells").resolve(".failed"));
        Path refused = Files.copy(moved, failed.resolve("20200101-120000000-old.csv"));
        Path reason = Files.writeString(failed.resolve("old.csv.reason.txt"), "-");
        Path freshReason = Files.writeString(failed.resolve("new.csv.reason.txt"), "-");
        Path waiting = Files.writeString(folder.resolve("waiting.part"), CONTENT);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        for (Path each : List.of(moved, reason, waiting)) {
            Files.setLastModifiedTime(each, longAgo);
        }

        assertThat(dropFolder.endRetention()).isEqualTo(3);

        assertThat(List.of(old, refused, reason)).noneMatch(Files::exists);
        assertThat(List.of(freshReason, waiting)).allMatch(Files::exists);
        assertThat(moved).as("came today, however old the file itself is").exists();
    }

    @Test
    void bringsUploadsIntoTheSameInbox() throws IOException {
        FeedId id = feeds.send(
                new Delivery(response, Optional.empty(), "main", "b.csv", "upload:1", Optional.empty()),
                new ByteArrayInputStream(CONTENT.getBytes(StandardCharsets.UTF_8)));

        assertThat(files.get(id).sizeBytes()).isEqualTo(CONTENT.length());
    }

    /** Puts a file there and waits until the route is through with it. */
    private void drop(Path folder, String name) throws IOException {
        NotifyBuilder through =
                new NotifyBuilder(camel).fromRoute("inbox-folder").whenDone(1).create();
        Path arriving = Files.createTempFile("musubi-drop", ".csv");
        Files.writeString(arriving, CONTENT, StandardCharsets.UTF_8);
        Files.createDirectories(folder);
        Files.move(arriving, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        assertThat(through.matches(30, TimeUnit.SECONDS)).isTrue();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(entry -> entry.getFileName().toString())
                    .toList();
        }
    }
}
