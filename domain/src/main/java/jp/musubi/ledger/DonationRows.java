package jp.musubi.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCells;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.common.BilingualText;
import jp.musubi.common.Quantity;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.place.HubId;
import jp.musubi.place.PlaceCells;
import jp.musubi.place.Position;

/** How a row of a list of gifts, or of stock, is read. */
public final class DonationRows {

    public static final List<Column> COLUMNS = columns();

    private static final BilingualText A_HUB = BilingualText.of("登録済みの拠点ID", "The id of a known hub");

    private DonationRows() {}

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.required("lot_id", "ロット番号", "Lot id")
                        .alsoCalled("寄付番号", "支援物資番号", "受付番号", "ロットID", "donation_id", "stock_id")
                        .hxl("#meta+id")
                        .example("L-00001"),
                Column.required("item", "品目", "Item")
                        .alsoCalled("品名", "物資", "物資名", "item name", "commodity")
                        .hxl("#item", "#item+name", "#item+code")
                        .example("毛布"),
                Column.required("quantity", "数量", "Quantity")
                        .alsoCalled("提供数", "提供数量", "在庫数", "個数", "amount")
                        .hxl("#item+quantity", "#value+quantity")
                        .example("300"),
                Column.optional("unit", "単位", "Unit").hxl("#item+unit").example("枚")));
        columns.addAll(PlaceCells.positionColumns());
        columns.addAll(List.of(
                Column.optional("hub_id", "拠点ID", "Hub id")
                        .alsoCalled("拠点番号", "保管場所", "倉庫", "warehouse")
                        .hxl("#loc+hub+code", "#loc+code")
                        .example("HUB-TONO"),
                Column.optional("donor", "寄付者", "Donor")
                        .alsoCalled("提供者", "支援者", "寄贈者", "提供元", "given by")
                        .hxl("#org+funding", "#org+donor")
                        .example("みやぎ生協"),
                Column.optional("available_from", "提供可能日時", "Available from")
                        .alsoCalled("入荷予定", "到着予定", "入荷日時", "arrives")
                        .hxl("#date+start")
                        .example("2011-03-15T09:00:00+09:00"),
                Column.optional("expires_at", "期限日時", "Expires at")
                        .alsoCalled("消費期限", "賞味期限", "使用期限", "expiry", "best before")
                        .hxl("#date+expires", "#date+end")
                        .example("2011-06-30T23:59:59+09:00"),
                Column.optional("pack_size", "1梱包の数", "Pack size")
                        .alsoCalled("入数", "入り数", "梱包数", "units per pack")
                        .example("10"),
                Column.optional("cold_chain", "要冷蔵", "Cold chain")
                        .alsoCalled("冷蔵", "保冷", "冷蔵・冷凍", "cold")
                        .example("no")));
        return List.copyOf(columns);
    }

    /** How hubs are looked up while a file is read. */
    public interface Hubs {

        /** Hubs of the response under this id of a sender; more than one if several senders use it. */
        List<HubId> findByExternalId(String externalId);
    }

    public static Optional<String> externalId(Row row) {
        return row.text("lot_id");
    }

    public static Interpretation<DonationRow> interpret(
            Row row, ItemCatalogue catalogue, PlaceCells places, Hubs hubs) {
        Cells cells = new Cells(row);
        cells.required("lot_id", CellParsers.text(DonationLine.LONGEST_ID));
        Optional<Item> item = ItemCells.item(cells, "item", catalogue);
        Optional<QuantityReading.Read> quantity =
                item.flatMap(known -> ItemCells.quantity(cells, row, "quantity", "unit", known, 1));
        if (item.isEmpty() && row.text("quantity").isEmpty()) {
            cells.required("quantity", CellParsers.text(80));
        }
        Optional<HubId> hub = cells.optional("hub_id", text -> hub(text, hubs));
        Optional<Position> position = places.position(cells, row);
        boolean nowhere = row.text("hub_id").isEmpty()
                && row.text("lat").isEmpty()
                && row.text("lon").isEmpty();
        if (nowhere && item.filter(known -> known.group().isGoods()).isPresent()) {
            cells.problem(
                    "hub_id",
                    "no-place",
                    BilingualText.of("拠点ID、または緯度と経度", "A hub id, or latitude and longitude"),
                    BilingualText.of("どこにある物資かを入れてください。", "Say where the goods are."));
        }
        Optional<String> donor = cells.optional("donor", CellParsers.text(200));
        Optional<Instant> availableFrom = cells.optional("available_from", CellParsers.time());
        Optional<Instant> expiresAt = cells.optional("expires_at", CellParsers.time());
        if (availableFrom.isPresent()
                && expiresAt.isPresent()
                && !expiresAt.get().isAfter(availableFrom.get())) {
            cells.problem(
                    "expires_at",
                    "expires-before-available",
                    BilingualText.of("提供可能日時より後の期限", "An expiry later than it becomes available"),
                    BilingualText.of("二つの日時を確かめてください。", "Check both times."));
        }
        Optional<Long> pack = cells.optional("pack_size", CellParsers.wholeNumber(1, Quantity.LARGEST));
        Optional<Boolean> cold = cells.optional("cold_chain", CellParsers.yesNo());
        return cells.finish(() -> new DonationRow(
                item.orElseThrow(),
                quantity.orElseThrow().quantity(),
                donor,
                new LotTerms(
                        hub,
                        position,
                        availableFrom,
                        expiresAt,
                        pack.map(Quantity::new),
                        cold.orElse(item.orElseThrow().coldChain()))));
    }

    private static Parsed<HubId> hub(String text, Hubs hubs) {
        List<HubId> found = hubs.findByExternalId(text);
        if (found.size() == 1) {
            return Parsed.value(found.get(0));
        }
        return found.isEmpty()
                ? Parsed.wrong(
                        "unknown-hub",
                        A_HUB,
                        BilingualText.of(
                                "番号を確かめるか、拠点の一覧を先に取り込んでください。", "Check the id, or import the list of hubs first."))
                : Parsed.wrong(
                        "ambiguous-hub",
                        A_HUB,
                        BilingualText.of(
                                "同じ番号が複数の一覧にあります。拠点の一覧と同じ送り元の名前で取り込んでください。",
                                "Several lists use this id. Import the gifts under the source of their hubs."));
    }
}
