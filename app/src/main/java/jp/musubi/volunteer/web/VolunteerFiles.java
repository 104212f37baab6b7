package jp.musubi.volunteer.web;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Column;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.VolunteerRows;
import jp.musubi.volunteer.store.ShiftListing;
import jp.musubi.volunteer.store.VolunteerListing;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Volunteers and shifts as files that can be imported again. */
@RestController
@Requires(Action.MANAGE_VOLUNTEERS)
class VolunteerFiles {

    private final VolunteerListing listing;
    private final ShiftListing shifts;
    private final VolunteerAccess access;
    private final CurrentResponse response;

    VolunteerFiles(VolunteerListing listing, ShiftListing shifts, VolunteerAccess access, CurrentResponse response) {
        this.listing = listing;
        this.shifts = shifts;
        this.access = access;
        this.response = response;
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
        return file(
                "shifts.csv", ShiftRows.COLUMNS, shifts.export(response.get().id(), access.regions()));
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
