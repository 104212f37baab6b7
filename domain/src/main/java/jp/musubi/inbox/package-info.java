/**
 * How files become records: one way in for every kind of file.
 *
 * <p>A file arrives through {@link jp.musubi.inbox.FeedInbox}, is kept raw, and one job reads it in chunks of rows. For
 * each chunk:
 *
 * <ol>
 *   <li><b>preheat</b>: {@link jp.musubi.inbox.RowInterpreter#preheat} looks up in one query per table what the rows
 *       refer to;
 *   <li><b>validate</b>: {@link jp.musubi.inbox.RowInterpreter#interpret} turns each row into a value, or says everything
 *       that is wrong with it;
 *   <li><b>commit</b>: {@link jp.musubi.inbox.RowStore#apply} creates, corrects or leaves alone, in one transaction with the
 *       rejected rows, the counts and the position for a restart.
 * </ol>
 *
 * <p>The next chunk is preheated and validated while one is being committed.
 *
 * <p>A feature adds a kind by declaring one bean of type {@link jp.musubi.inbox.ImportKind}; neither inbox nor job
 * change:
 *
 * <pre>{@code
 * final class WellKind implements ImportKind<Well> {
 *     public String name() { return "wells"; }
 *     public BilingualText title() { return BilingualText.of("井戸", "Wells"); }
 *     public List<Column> columns() {
 *         return List.of(
 *                 Column.required("well_id", "井戸番号", "Well id").example("W-1").hxl("#meta+id"),
 *                 Column.required("litres_per_day", "日量", "Litres per day").example("900"),
 *                 Column.optional("tested_at", "検査日時", "Tested at").example("2011-03-14T09:00:00+09:00"));
 *     }
 *     public Optional<String> externalId(Row row) { return row.text("well_id"); }
 *     public RowInterpreter<Well> interpreter(ImportContext context) {
 *         return row -> {
 *             Cells cells = new Cells(row);
 *             Optional<String> id = cells.required("well_id", CellParsers.text(64));
 *             Optional<Long> litres = cells.required("litres_per_day", CellParsers.wholeNumber(1, 1_000_000));
 *             Optional<Instant> tested = cells.optional("tested_at", CellParsers.time());
 *             return cells.finish(() -> new Well(id.orElseThrow(), litres.orElseThrow(), tested));
 *         };
 *     }
 *     public RowStore<Well> store() { return wells; } // SQL adapter of the feature, in gis-data
 * }
 * }</pre>
 *
 * <p>Identity of a record is (response, source, external id). The same content again changes nothing; changed content is
 * a correction with history. Of rows with the same external id in one file the first stays, the others are rejected by
 * the job.
 */
@NullMarked
package jp.musubi.inbox;

import org.jspecify.annotations.NullMarked;
