package jp.musubi.inbox.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import org.springframework.jdbc.core.JdbcTemplate;

/** A kind that only tests know: neither inbox nor job were touched for it. */
final class Wells implements ImportKind<Wells.Well>, RowStore<Wells.Well> {

    record Well(long litresPerDay, Optional<Instant> testedAt) {}

    private final JdbcTemplate jdbc;
    private final AtomicLong failAfter = new AtomicLong(Long.MAX_VALUE);

    Wells(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                CREATE TABLE IF NOT EXISTS well (
                    response_id bigint NOT NULL, source varchar(64) NOT NULL, external_id varchar(64) NOT NULL,
                    litres bigint NOT NULL, tested_at varchar(40), feed_id bigint NOT NULL, line bigint NOT NULL,
                    corrections integer NOT NULL,
                    UNIQUE (response_id, source, external_id), UNIQUE (feed_id, line))""");
    }

    /** The store breaks in the chunk in which this many rows are passed, once. */
    void failAfter(long rows) {
        failAfter.set(rows);
    }

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
        return List.of(
                Column.required("well_id", "井戸番号", "Well id").hxl("#meta+id"),
                Column.required("litres_per_day", "日量", "Litres per day").hxl("#capacity"),
                Column.optional("tested_at", "検査日時", "Tested at").hxl("#date+tested"));
    }

    @Override
    public Optional<String> externalId(Row row) {
        return row.text("well_id");
    }

    @Override
    public RowInterpreter<Well> interpreter(ImportContext context) {
        return row -> {
            Cells cells = new Cells(row);
            cells.required("well_id", CellParsers.text(64));
            Optional<Long> litres = cells.required("litres_per_day", CellParsers.wholeNumber(1, 1_000_000));
            Optional<Instant> tested = cells.optional("tested_at", CellParsers.time());
            return cells.finish(() -> new Well(litres.orElseThrow(), tested));
        };
    }

    @Override
    public RowStore<Well> store() {
        return this;
    }

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<Well>> rows) {
        Map<String, String> known = new HashMap<>();
        jdbc.query(
                "SELECT external_id, litres, tested_at FROM well WHERE response_id = ? AND source = ?",
                row -> {
                    known.put(row.getString(1), row.getLong(2) + "|" + row.getString(3));
                },
                context.responseId().value(),
                context.source());
        int created = 0;
        int unchanged = 0;
        int corrected = 0;
        for (ImportedRow<Well> row : rows) {
            String tested = row.value().testedAt().map(Instant::toString).orElse(null);
            long litres = row.value().litresPerDay();
            String before = known.get(row.externalId());
            if (before == null) {
                jdbc.update(
                        "INSERT INTO well VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                        context.responseId().value(),
                        context.source(),
                        row.externalId(),
                        litres,
                        tested,
                        context.feed().value(),
                        row.line());
                created++;
            } else if (before.equals(litres + "|" + tested)) {
                unchanged++;
            } else {
                jdbc.update("""
                        UPDATE well SET litres = ?, tested_at = ?, corrections = corrections + 1
                         WHERE response_id = ? AND source = ? AND external_id = ?""", litres, tested, context.responseId().value(), context.source(), row.externalId());
                corrected++;
            }
        }
        if (failAfter.addAndGet(-rows.size()) < 0) {
            failAfter.set(Long.MAX_VALUE);
            throw new IllegalStateException("The power went off.");
        }
        return Applied.of(created, unchanged, corrected);
    }
}
