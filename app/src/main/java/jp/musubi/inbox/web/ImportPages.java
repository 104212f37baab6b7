package jp.musubi.inbox.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.inbox.web.ImportApi.ProblemView;
import jp.musubi.response.Response;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Sending files in, watching them being read, and putting rejected rows right. */
@Controller
@RequestMapping("/imports")
@Requires(Action.IMPORT_FILES)
class ImportPages {

    private static final int FILES_SHOWN = 100;
    private static final int ROWS_SHOWN = 200;
    private static final int DOWNLOAD_PAGE = 1_000;

    private final Imports imports;
    private final FeedFiles files;
    private final ImportKinds kinds;
    private final Clock clock;

    ImportPages(Imports imports, FeedFiles files, ImportKinds kinds, Clock clock) {
        this.imports = imports;
        this.files = files;
        this.kinds = kinds;
        this.clock = clock;
    }

    /**
     * A file as the page shows it.
     *
     * @param kind its title in the reader's language; blank while unknown
     * @param remaining minutes it will still take, if it is known
     */
    record FileLine(
            FeedFile file,
            String kind,
            ZonedDateTime received,
            String message,
            boolean resumable,
            Optional<Long> remaining) {}

    @GetMapping
    String list(Model model, Locale locale) {
        Response response = imports.response();
        fillList(model, response, locale);
        model.addAttribute("kinds", kinds.list());
        model.addAttribute(
                "sources",
                files.listSources(response.id()).stream()
                        .filter(source -> !source.equals(ImportContext.SCENARIO_SOURCE))
                        .toList());
        model.addAttribute("defaultSource", ImportContext.DEFAULT_SOURCE);
        model.addAttribute("deliveryKey", UUID.randomUUID().toString());
        return "imports/list";
    }

    /** The list alone; asks for itself again while a file is being read. */
    @GetMapping("/progress")
    String progress(Model model, Locale locale) {
        fillList(model, imports.response(), locale);
        return "imports/list :: files";
    }

    private void fillList(Model model, Response response, Locale locale) {
        List<FileLine> lines = files.list(response.id(), FILES_SHOWN).stream()
                .map(file -> line(file, response, locale))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("folder", "inbox/" + response.code());
        model.addAttribute(
                "busy", lines.stream().anyMatch(line -> !line.file().state().isSettled()));
    }

    @PostMapping
    String send(
            @RequestParam("file") List<MultipartFile> sent,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String source,
            @RequestParam String deliveryKey)
            throws IOException {
        List<MultipartFile> chosen = sent.stream()
                .filter(file -> !Optional.ofNullable(file.getOriginalFilename())
                        .orElse("")
                        .isEmpty())
                .toList();
        if (chosen.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "imports.problem.none");
        }
        FeedId last = new FeedId(0);
        int number = 0;
        for (MultipartFile file : chosen) {
            try (InputStream content = file.getInputStream()) {
                last = imports.send(
                        kind,
                        source,
                        Optional.ofNullable(file.getOriginalFilename()).orElse("?"),
                        key("upload:" + deliveryKey + ":" + number++),
                        content);
            }
        }
        return "redirect:" + base() + (chosen.size() == 1 ? "/imports/" + last.value() : "/imports");
    }

    /** Cells copied from a spreadsheet: tab-separated text with its header. */
    @PostMapping("/paste")
    String paste(
            @RequestParam String cells,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String source,
            @RequestParam String deliveryKey,
            Locale locale)
            throws IOException {
        if (cells.isBlank()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "imports.problem.none");
        }
        FeedId id = imports.send(
                kind,
                source,
                locale.getLanguage().equals("en") ? "pasted cells" : "貼り付けたセル",
                key("paste:" + deliveryKey),
                new ByteArrayInputStream(cells.getBytes(StandardCharsets.UTF_8)));
        return "redirect:" + base() + "/imports/" + id.value();
    }

    @GetMapping("/{id}")
    String report(@PathVariable long id, @RequestParam(defaultValue = "0") long after, Model model, Locale locale) {
        fillReport(id, after, model, locale);
        return "imports/report";
    }

    @GetMapping("/{id}/progress")
    String reportProgress(@PathVariable long id, Model model, Locale locale) {
        fillReport(id, 0, model, locale);
        return "imports/report :: state";
    }

    private void fillReport(long id, long after, Model model, Locale locale) {
        FeedFile file = imports.get(id);
        List<RejectedRow> rows = files.listRejected(file.id(), after, ROWS_SHOWN);
        List<ProblemView> problems = ImportApi.problems(rows, locale);
        model.addAttribute("line", line(file, imports.response(), locale));
        model.addAttribute("problems", problems);
        model.addAttribute("counts", files.countProblems(file.id()));
        model.addAttribute(
                "sheets", problems.stream().anyMatch(problem -> !problem.sheet().isEmpty()));
        model.addAttribute("after", after);
        model.addAttribute(
                "next", rows.size() == ROWS_SHOWN ? rows.get(rows.size() - 1).id() : 0L);
        model.addAttribute("deliveryKey", UUID.randomUUID().toString());
    }

    @PostMapping("/{id}/stop")
    String stop(@PathVariable long id) {
        imports.stop(id);
        return "redirect:" + base() + "/imports/" + id;
    }

    @PostMapping("/{id}/resume")
    String resume(@PathVariable long id) {
        imports.resume(id);
        return "redirect:" + base() + "/imports/" + id;
    }

    /**
     * Rejected rows as they came, with place and reasons in two further columns that are ignored when the corrected file
     * is sent again.
     */
    @GetMapping("/{id}/rejected.csv")
    void rejected(@PathVariable long id, HttpServletResponse answer, Locale locale) throws IOException {
        FeedFile file = imports.get(id);
        answer.setContentType("text/csv; charset=utf-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"rejected-" + id + ".csv\"");
        try (Writer out = answer.getWriter()) {
            out.write('\ufeff');
            List<String> header = new ArrayList<>(file.header());
            int width = header.size();
            header.addAll(List.of("musubi_line", "musubi_reasons"));
            out.write(SafeCsv.line(header));
            long after = 0;
            for (List<RejectedRow> page = files.listRejected(file.id(), after, DOWNLOAD_PAGE);
                    !page.isEmpty();
                    page = files.listRejected(file.id(), after, DOWNLOAD_PAGE)) {
                for (RejectedRow row : page) {
                    List<String> cells = new ArrayList<>(
                            row.cells().subList(0, Math.min(width, row.cells().size())));
                    while (cells.size() < width) {
                        cells.add("");
                    }
                    cells.add(row.sheet().isEmpty() ? String.valueOf(row.line()) : row.sheet() + "!" + row.line());
                    cells.add(row.problems().stream()
                            .map(problem -> problem.place().column() + ": "
                                    + problem.expected().in(locale) + " "
                                    + problem.remedy().in(locale))
                            .collect(Collectors.joining(" / ")));
                    out.write(SafeCsv.line(cells));
                }
                after = page.get(page.size() - 1).id();
            }
        }
    }

    /** A file to fill in: the header of a kind and one example. */
    @GetMapping("/templates/{name}.csv")
    void template(@PathVariable String name, HttpServletResponse answer, Locale locale) throws IOException {
        ImportKind<?> kind =
                kinds.find(name).orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "imports.problem.kind", name));
        answer.setContentType("text/csv; charset=utf-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"" + kind.name() + ".csv\"");
        try (Writer out = answer.getWriter()) {
            out.write('\ufeff');
            out.write(SafeCsv.line(kind.columns().stream()
                    .map(column -> column.label().in(locale))
                    .toList()));
            out.write(SafeCsv.line(kind.columns().stream().map(Column::example).toList()));
        }
    }

    private FileLine line(FeedFile file, Response response, Locale locale) {
        return new FileLine(
                file,
                file.kind()
                        .flatMap(kinds::find)
                        .map(kind -> kind.title().in(locale))
                        .orElse(file.kind().orElse("")),
                file.receivedAt().atZone(response.zone()),
                file.message().map(message -> message.text().in(locale)).orElse(""),
                ImportJobs.isResumable(file),
                remaining(file));
    }

    private Optional<Long> remaining(FeedFile file) {
        if (file.state() != FeedState.RUNNING || file.startedAt().isEmpty() || file.percent() < 2) {
            return Optional.empty();
        }
        long seconds = Duration.between(file.startedAt().get(), clock.instant()).toSeconds();
        return Optional.of(seconds * (file.sizeBytes() - file.bytesRead()) / Math.max(1, file.bytesRead()) / 60 + 1);
    }

    private String base() {
        return "/r/" + imports.response().code();
    }

    private static String key(String key) {
        return key.length() <= 200 ? key : key.substring(0, 200);
    }
}
