package jp.musubi.matching.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.common.Quantity;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.CellPlace;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.job.TableFile;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.place.Position;

/**
 * Reads communities, needs and stock for a plan. Items and units are codes without meaning; the first row of an item says
 * its unit. Rows that are wrong are left out and kept in {@link #wrong()}.
 */
final class PlanFiles {

    private static final int LONGEST_CODE = 200;

    private static final List<Column> COMMUNITIES = List.of(
            Column.required("community_id", "避難所番号", "Community id")
                    .alsoCalled("id", "避難所ID", "施設ID", "地域番号", "shelter_id", "location id")
                    .hxl("#loc+code"),
            Column.required("lat", "緯度", "Latitude").hxl("#geo+lat"),
            Column.required("lon", "経度", "Longitude").alsoCalled("lng", "long").hxl("#geo+lon"));

    private static final List<Column> NEEDS = List.of(
            Column.required("need_id", "要請番号", "Need id")
                    .alsoCalled("id", "要望番号", "ニーズID", "管理番号")
                    .hxl("#meta+id"),
            Column.required("community_id", "避難所番号", "Community id")
                    .alsoCalled("避難所ID", "施設ID", "地域番号", "shelter_id", "location id")
                    .hxl("#loc+code"),
            Column.required("item", "品目", "Item")
                    .alsoCalled("品名", "物資", "物資名", "item name", "commodity")
                    .hxl("#item", "#item+name", "#item+code"),
            Column.required("quantity", "数量", "Quantity")
                    .alsoCalled("必要数", "必要数量", "要請数", "個数", "amount", "needed")
                    .hxl("#need", "#inneed", "#need+value"),
            Column.required("unit", "単位", "Unit").hxl("#item+unit"),
            Column.required("priority", "優先度", "Priority")
                    .alsoCalled("緊急度", "urgency")
                    .hxl("#severity", "#need+priority"),
            Column.optional("needed_by", "期限", "Needed by")
                    .alsoCalled("必要日時", "希望日時", "納期", "deadline", "due")
                    .hxl("#date+end"));

    private static final List<Column> STOCK = List.of(
            Column.required("lot_id", "在庫番号", "Lot id")
                    .alsoCalled("id", "ロット番号", "管理番号", "donation_id")
                    .hxl("#meta+id"),
            Column.required("item", "品目", "Item")
                    .alsoCalled("品名", "物資", "物資名", "item name", "commodity")
                    .hxl("#item", "#item+name", "#item+code"),
            Column.required("quantity", "数量", "Quantity")
                    .alsoCalled("個数", "在庫数", "amount")
                    .hxl("#item+quantity", "#value+quantity"),
            Column.required("unit", "単位", "Unit").hxl("#item+unit"),
            Column.required("lat", "緯度", "Latitude").hxl("#geo+lat"),
            Column.required("lon", "経度", "Longitude").alsoCalled("lng", "long").hxl("#geo+lon"),
            Column.optional("available_from", "利用可能日時", "Available from")
                    .alsoCalled("入荷予定", "到着予定", "available")
                    .hxl("#date+start"),
            Column.optional("expires_at", "使用期限", "Expires at")
                    .alsoCalled("賞味期限", "消費期限", "期限", "expiry", "expires")
                    .hxl("#date+end", "#date+expiry"));

    private static final CellParser<String> CODE = CellParsers.text(LONGEST_CODE);
    private static final CellParser<Long> QUANTITY = CellParsers.wholeNumber(1, Quantity.LARGEST);
    private static final CellParser<Long> PRIORITY = CellParsers.wholeNumber(1, 4);
    private static final CellParser<Double> LATITUDE = CellParsers.decimal(-90, 90);
    private static final CellParser<Double> LONGITUDE = CellParsers.decimal(-180, 180);
    private static final CellParser<Instant> TIME = CellParsers.time();

    /** One thing that is wrong, in the file of this name. */
    record Wrong(String file, RowProblem problem) {}

    private final Map<String, Position> communities = new HashMap<>();
    private final Map<String, String> unitOfItem = new HashMap<>();
    private final List<OpenNeed> needs = new ArrayList<>();
    private final List<AvailableLot> lots = new ArrayList<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private long rowsLeftOut;

    private PlanFiles() {}

    /**
     * @throws IOException if a file as a whole cannot be read
     */
    static PlanFiles read(Path communities, Path needs, Path stock) throws IOException {
        PlanFiles files = new PlanFiles();
        files.readAll(
                communities, "communities", BilingualText.of("避難所", "communities"), COMMUNITIES, files::community);
        files.readAll(needs, "needs", BilingualText.of("必要な物資", "needs"), NEEDS, files::need);
        files.readAll(stock, "stock", BilingualText.of("在庫", "stock"), STOCK, files::lot);
        return files;
    }

    List<OpenNeed> needs() {
        return Collections.unmodifiableList(needs);
    }

    List<AvailableLot> lots() {
        return Collections.unmodifiableList(lots);
    }

    /** Everything that is wrong, in the order of files and lines. */
    List<Wrong> wrong() {
        return Collections.unmodifiableList(wrong);
    }

    long rowsLeftOut() {
        return rowsLeftOut;
    }

    /** Takes what a good row says; does nothing if the cells note a problem. */
    @FunctionalInterface
    private interface RowTaker {
        void take(Cells cells);
    }

    private void readAll(Path file, String name, BilingualText title, List<Column> columns, RowTaker taker)
            throws IOException {
        String idColumn = columns.get(0).key();
        Map<String, Long> lineOfId = new HashMap<>();
        String fileName = String.valueOf(file.getFileName());
        try (TableFile table = TableFile.open(file, name, title, columns)) {
            for (TableFile.ReadRow read = table.next(); read != null; read = table.next()) {
                Row row = read.row();
                List<RowProblem> problems = new ArrayList<>(read.problems());
                if (problems.isEmpty()) {
                    Optional<String> id = row.text(idColumn);
                    Long first = id.isEmpty() ? null : lineOfId.putIfAbsent(id.get(), row.line());
                    if (first != null) {
                        problems.add(duplicate(row.place(idColumn), id.orElse(""), first));
                    } else {
                        Cells cells = new Cells(row);
                        taker.take(cells);
                        problems.addAll(cells.finish(() -> row).listProblems());
                    }
                }
                if (!problems.isEmpty()) {
                    rowsLeftOut++;
                    problems.forEach(problem -> wrong.add(new Wrong(fileName, problem)));
                }
            }
        }
    }

    private static RowProblem duplicate(CellPlace place, String id, long first) {
        return new RowProblem(
                "duplicate",
                place,
                id,
                BilingualText.of("ファイルの中で一度だけの番号", "An id that occurs once in the file"),
                BilingualText.of(
                        first + "行目と同じ番号です。先の行だけを使います。", "It stands on line " + first + " already; that row stays."));
    }

    private void community(Cells cells) {
        Optional<String> id = cells.required("community_id", CODE);
        Optional<Double> latitude = cells.required("lat", LATITUDE);
        Optional<Double> longitude = cells.required("lon", LONGITUDE);
        if (cells.isFaultless()) {
            communities.put(id.orElseThrow(), new Position(latitude.orElseThrow(), longitude.orElseThrow()));
        }
    }

    private void need(Cells cells) {
        Optional<String> id = cells.required("need_id", CODE);
        Optional<String> community = cells.required("community_id", CODE);
        Optional<String> item = cells.required("item", CODE);
        Optional<Long> quantity = cells.required("quantity", QUANTITY);
        Optional<String> unit = cells.required("unit", CODE);
        Optional<Long> priority = cells.required("priority", PRIORITY);
        Optional<Instant> neededBy = cells.optional("needed_by", TIME);
        if (community.isPresent() && !communities.containsKey(community.get())) {
            cells.problem(
                    "community_id",
                    "unknown-community",
                    BilingualText.of("避難所のファイルにある番号", "An id of the file of communities"),
                    BilingualText.of(
                            "避難所のファイルに足すか、番号を直してください。", "Add it to the file of communities, or correct the id."));
        }
        checkUnit(cells, item, unit);
        if (!cells.isFaultless()) {
            return;
        }
        unitOfItem.putIfAbsent(item.orElseThrow(), unit.orElseThrow());
        Position position = communities.get(community.orElseThrow());
        if (position != null) {
            needs.add(new OpenNeed(
                    new NeedKey(id.orElseThrow()),
                    new CommunityKey(community.orElseThrow()),
                    item.orElseThrow(),
                    unit.orElseThrow(),
                    quantity.orElseThrow(),
                    priority.orElseThrow().intValue(),
                    position,
                    neededBy.orElse(null)));
        }
    }

    private void lot(Cells cells) {
        Optional<String> id = cells.required("lot_id", CODE);
        Optional<String> item = cells.required("item", CODE);
        Optional<Long> quantity = cells.required("quantity", QUANTITY);
        Optional<String> unit = cells.required("unit", CODE);
        // A plan from files knows no hubs: a lot says itself where it is.
        Optional<Double> latitude = cells.required("lat", LATITUDE);
        Optional<Double> longitude = cells.required("lon", LONGITUDE);
        Optional<Instant> availableFrom = cells.optional("available_from", TIME);
        Optional<Instant> expiresAt = cells.optional("expires_at", TIME);
        checkUnit(cells, item, unit);
        if (!cells.isFaultless()) {
            return;
        }
        unitOfItem.putIfAbsent(item.orElseThrow(), unit.orElseThrow());
        lots.add(new AvailableLot(
                new LotKey(id.orElseThrow()),
                item.orElseThrow(),
                unit.orElseThrow(),
                quantity.orElseThrow(),
                new Position(latitude.orElseThrow(), longitude.orElseThrow()),
                availableFrom.orElse(null),
                expiresAt.orElse(null)));
    }

    private void checkUnit(Cells cells, Optional<String> item, Optional<String> unit) {
        String known = item.isEmpty() ? null : unitOfItem.get(item.get());
        if (known != null && unit.isPresent() && !known.equals(unit.get())) {
            cells.problem(
                    "unit",
                    "other-unit",
                    BilingualText.of("この品目の最初の行と同じ単位「" + known + "」", "\"" + known + "\", as in the item's first row"),
                    BilingualText.of("数量をその単位に直してください。", "Give the quantity in that unit."));
        }
    }
}
