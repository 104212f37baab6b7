package jp.musubi.volunteer.web;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Column;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerRows;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.VolunteerListing;
import jp.musubi.volunteer.store.WorkPlaces;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Volunteers and shifts for programs, and both as files that can be imported again. */
@RestController
@Requires(Action.MANAGE_VOLUNTEERS)
class VolunteersApi {

    private static final int MOST = 1000;

    private final VolunteerListing listing;
    private final RosterBoard board;
    private final Shifts shifts;
    private final WorkPlaces places;
    private final VolunteerAccess access;
    private final CurrentResponse response;

    VolunteersApi(
            VolunteerListing listing,
            RosterBoard board,
            Shifts shifts,
            WorkPlaces places,
            VolunteerAccess access,
            CurrentResponse response) {
        this.listing = listing;
        this.board = board;
        this.shifts = shifts;
        this.places = places;
        this.access = access;
        this.response = response;
    }

    record SkillEntry(String skill, int level, @Nullable LocalDate validUntil) {}

    /** A volunteer without personal data. */
    record VolunteerEntry(
            long id,
            String number,
            @Nullable String team,
            List<SkillEntry> skills,
            List<String> languages,
            int radiusKm,
            boolean minor,
            boolean derived,
            long freeDays,
            long shifts) {}

    record VolunteerList(List<VolunteerEntry> volunteers, long total, int from) {}

    @GetMapping("/api/v1/volunteers")
    VolunteerList volunteers(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String skill,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "100") int limit) {
        Optional<Skill> wanted = Skill.findByCode(skill);
        Optional<LocalDate> on = VolunteerPages.date(day);
        if ((!skill.isEmpty() && wanted.isEmpty())
                || (!day.isEmpty() && on.isEmpty())
                || from < 0
                || limit < 1
                || limit > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "volunteers.problem.filter");
        }
        VolunteerListing.Page page = listing.list(
                new VolunteerListing.Filter(response.get().id(), q, wanted, on, false, false), from, limit);
        return new VolunteerList(
                page.lines().stream()
                        .map(line -> new VolunteerEntry(
                                line.id(),
                                line.externalId(),
                                line.team().orElse(null),
                                line.skills().stream()
                                        .map(held -> new SkillEntry(
                                                held.skill().code(),
                                                held.level(),
                                                held.validUntil().orElse(null)))
                                        .toList(),
                                List.of(line.languages().split(" ", -1)),
                                line.radiusKm(),
                                line.minor(),
                                line.derived(),
                                line.freeDays(),
                                line.shifts()))
                        .toList(),
                page.total(),
                from);
    }

    record PlacedEntry(long id, long volunteer, String number, String state, boolean locked) {}

    record LineEntry(int line, @Nullable String skill, int level, int seats, List<PlacedEntry> placed) {}

    record ShiftEntry(
            long id,
            String number,
            String title,
            String kind,
            String place,
            String municipality,
            LocalDate day,
            int fromMinute,
            int toMinute,
            int priority,
            List<String> risks,
            boolean cancelled,
            boolean derived,
            List<LineEntry> lines) {}

    record ShiftList(List<ShiftEntry> shifts) {}

    /** The shifts of up to 62 days. */
    @GetMapping("/api/v1/shifts")
    ShiftList shifts(@RequestParam String first, @RequestParam(defaultValue = "") String last) {
        LocalDate from = VolunteerPages.date(first)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        LocalDate to = last.isEmpty()
                ? from
                : VolunteerPages.date(last)
                        .filter(day -> !day.isBefore(from) && !day.isAfter(from.plusDays(62)))
                        .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        return new ShiftList(board.list(response.get().id(), from, to, access.regions(), true).stream()
                .map(VolunteersApi::entry)
                .toList());
    }

    @GetMapping("/api/v1/shifts/{id}")
    ShiftEntry shift(@PathVariable long id) {
        return board.find(response.get().id(), id, access.regions())
                .map(VolunteersApi::entry)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    private static ShiftEntry entry(RosterBoard.Shift shift) {
        return new ShiftEntry(
                shift.id(),
                shift.externalId(),
                shift.title(),
                shift.kind().code(),
                shift.place(),
                shift.municipality(),
                shift.time().day(),
                shift.time().fromMinute(),
                shift.time().toMinute(),
                shift.priority(),
                shift.risks().stream().sorted().map(risk -> risk.code()).toList(),
                shift.cancelled(),
                shift.derived(),
                shift.lines().stream()
                        .map(line -> new LineEntry(
                                line.seats().number(),
                                line.seats().skill().map(Skill::code).orElse(null),
                                line.seats().level(),
                                line.seats().seats(),
                                line.placed().stream()
                                        .map(one -> new PlacedEntry(
                                                one.id(),
                                                one.volunteer(),
                                                one.number(),
                                                one.state().name(),
                                                one.locked()))
                                        .toList()))
                        .toList());
    }

    /** Everybody, with personal data: only for those who manage volunteers of the whole response. */
    @GetMapping("/exports/volunteers.csv")
    ResponseEntity<byte[]> volunteersFile() throws IOException {
        access.requireAll();
        access.noteExport();
        return file(
                "volunteers.csv",
                VolunteerRows.COLUMNS,
                listing.export(response.get().id()));
    }

    @GetMapping("/exports/shifts.csv")
    ResponseEntity<byte[]> shiftsFile() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RosterBoard.Shift shift : board.list(
                response.get().id(), LocalDate.of(1900, 1, 1), LocalDate.of(9999, 1, 1), access.regions(), false)) {
            shifts.find(new ShiftId(shift.id()))
                    .ifPresent(kept -> rows.add(ShiftRows.values(
                            kept.externalId(),
                            kept.row().activity().orElse(""),
                            kept.row(),
                            places.number(kept.row().place()))));
        }
        return file("shifts.csv", ShiftRows.COLUMNS, rows);
    }

    private static ResponseEntity<byte[]> file(String name, List<Column> columns, List<Map<String, String>> rows)
            throws IOException {
        StringWriter text = new StringWriter();
        text.append('\ufeff');
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(columns.stream().map(Column::key).toList());
            for (Map<String, String> row : rows) {
                printer.printRecord(columns.stream()
                        .map(column -> harmless(row.getOrDefault(column.key(), "")))
                        .toList());
            }
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A spreadsheet calculates what begins like a formula. */
    private static String harmless(String value) {
        boolean calculated = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return calculated && !value.matches("[+-]?\\d+(\\.\\d+)?") ? "'" + value : value;
    }
}
