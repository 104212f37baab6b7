package jp.musubi.inbox.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files in and their reports, for programs and for the command {@code import}. */
@RestController
@RequestMapping("/api/v1/imports")
@Requires(Action.IMPORT_FILES)
class ImportApi {

    private static final int PAGE = 500;

    private final Imports imports;
    private final FeedFiles files;
    private final ImportKinds kinds;

    ImportApi(Imports imports, FeedFiles files, ImportKinds kinds) {
        this.imports = imports;
        this.files = files;
        this.kinds = kinds;
    }

    /**
     * A file as programs see it.
     *
     * @param state WAITING, RUNNING, STOPPED, DONE or FAILED
     * @param settled whether nothing more happens without somebody
     * @param message in the language of the request
     */
    record ImportView(
            long id,
            @Nullable String kind,
            String source,
            String name,
            long sizeBytes,
            String contentHash,
            Instant receivedAt,
            String state,
            boolean settled,
            int percent,
            long rowsRead,
            long rowsCreated,
            long rowsUnchanged,
            long rowsCorrected,
            long rowsRejected,
            boolean resumable,
            @Nullable String messageCode,
            @Nullable String message) {

        static ImportView of(FeedFile file, Locale locale) {
            return new ImportView(
                    file.id().value(),
                    file.kind().orElse(null),
                    file.source(),
                    file.name(),
                    file.sizeBytes(),
                    file.contentHash(),
                    file.receivedAt(),
                    file.state().name(),
                    file.state().isSettled(),
                    file.percent(),
                    file.counts().read(),
                    file.counts().created(),
                    file.counts().unchanged(),
                    file.counts().corrected(),
                    file.counts().rejected(),
                    ImportJobs.isResumable(file),
                    file.message().map(FeedFile.Message::code).orElse(null),
                    file.message().map(message -> message.text().in(locale)).orElse(null));
        }
    }

    /** One problem of a rejected row. */
    record ProblemView(
            long rowId,
            String sheet,
            long line,
            String column,
            String code,
            String value,
            String expected,
            String remedy) {}

    /** A kind of file and its columns. */
    record KindView(String name, String title, List<ColumnView> columns) {}

    /** A column of a kind with every header it is known by. */
    record ColumnView(String key, String label, boolean required, List<String> alsoCalled, List<String> hxl) {}

    @GetMapping
    List<ImportView> list(Locale locale) {
        return files.list(imports.response().id(), PAGE).stream()
                .map(file -> ImportView.of(file, locale))
                .toList();
    }

    @GetMapping("/kinds")
    List<KindView> kinds(Locale locale) {
        return kinds.list().stream()
                .map(kind -> new KindView(
                        kind.name(),
                        kind.title().in(locale),
                        kind.columns().stream()
                                .map(column -> new ColumnView(
                                        column.key(),
                                        column.label().in(locale),
                                        column.required(),
                                        column.names(),
                                        column.hxlTags()))
                                .toList()))
                .toList();
    }

    /** Takes the body as the file. It is kept when the answer comes; reading it goes on in the background. */
    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ImportView send(
            @RequestParam String name,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String source,
            @RequestParam Optional<String> deliveryKey,
            InputStream body,
            Locale locale)
            throws IOException {
        String key = "api:" + deliveryKey.orElseGet(() -> UUID.randomUUID().toString());
        FeedId id = imports.send(kind, source, name, key.length() <= 200 ? key : key.substring(0, 200), body);
        return ImportView.of(files.get(id), locale);
    }

    @GetMapping("/{id}")
    ImportView get(@PathVariable long id, Locale locale) {
        return ImportView.of(imports.get(id), locale);
    }

    /** Problems of rejected rows in the order of the file, by pages: {@code after} is the last rowId seen. */
    @GetMapping("/{id}/rejected")
    List<ProblemView> rejected(@PathVariable long id, @RequestParam(defaultValue = "0") long after, Locale locale) {
        return problems(files.listRejected(imports.get(id).id(), after, PAGE), locale);
    }

    static List<ProblemView> problems(List<RejectedRow> rows, Locale locale) {
        return rows.stream()
                .flatMap(row -> row.problems().stream()
                        .map(problem -> new ProblemView(
                                row.id(),
                                row.sheet(),
                                row.line(),
                                problem.place().column(),
                                problem.code(),
                                problem.value(),
                                problem.expected().in(locale),
                                problem.remedy().in(locale))))
                .toList();
    }

    @PostMapping("/{id}/stop")
    ImportView stop(@PathVariable long id, Locale locale) {
        imports.stop(id);
        return ImportView.of(imports.get(id), locale);
    }

    @PostMapping("/{id}/resume")
    ImportView resume(@PathVariable long id, Locale locale) {
        imports.resume(id);
        return ImportView.of(imports.get(id), locale);
    }
}
