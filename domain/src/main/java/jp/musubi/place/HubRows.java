package jp.musubi.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.place.HubRow.Field;

/** Files of hubs. A hub without a position is not taken: goods leave from there. */
public final class HubRows implements ImportKind<HubRow> {

    private static final String ID = "hub_id";
    private static final String NAME = "name";
    private static final String NAME_EN = "name_en";
    private static final String ADDRESS = "address";
    private static final String STATE = "state";
    private static final String KILOGRAMS = "throughput_kg_per_day";
    private static final String CUBIC_METRES = "throughput_m3_per_day";
    private static final String LINES = "throughput_lines_per_day";
    private static final String HANDLING_HOURS = "handling_hours_per_day";

    private static final Map<Field, String> COLUMN_OF = Map.of(
            Field.NAME_EN, NAME_EN,
            Field.ADDRESS, ADDRESS,
            Field.STATE, STATE,
            Field.KILOGRAMS, KILOGRAMS,
            Field.CUBIC_METRES, CUBIC_METRES,
            Field.LINES, LINES,
            Field.HANDLING_HOURS, HANDLING_HOURS,
            Field.VEHICLE_WIDTH, PlaceCells.VEHICLE_WIDTH,
            Field.CONTACT, PlaceCells.CONTACT);

    private final Municipalities municipalities;
    private final PositionCheck check;
    private final RowStore<HubRow> store;

    public HubRows(Municipalities municipalities, PositionCheck check, RowStore<HubRow> store) {
        this.municipalities = municipalities;
        this.check = check;
        this.store = store;
    }

    @Override
    public String name() {
        return "hubs";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("物資拠点", "Hubs");
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.required(ID, "拠点ID", "Hub id")
                        .alsoCalled("拠点番号", "物資拠点ID")
                        .hxl("#loc+hub+code", "#meta+id")
                        .example("HUB-TONO"),
                Column.required(NAME, "拠点名", "Name")
                        .alsoCalled("名称", "hub name", "物資拠点名")
                        .hxl("#loc+name", "#loc+hub+name")
                        .example("遠野 後方支援拠点"),
                Column.optional(NAME_EN, "名称_英字", "Name in English")
                        .alsoCalled("英語名", "英語の名称")
                        .example("Tono rear support base")));
        columns.addAll(PlaceCells.municipalityColumns());
        columns.addAll(PlaceCells.positionColumns());
        columns.addAll(List.of(
                Column.optional(STATE, "状態", "State")
                        .alsoCalled("稼働状況", "status")
                        .hxl("#status")
                        .example("working"),
                Column.optional(KILOGRAMS, "1日の処理量(kg)", "Throughput (kg a day)")
                        .alsoCalled("処理量", "1日の処理能力", "throughput")
                        .hxl("#capacity")
                        .example("40000"),
                Column.optional(CUBIC_METRES, "1日の処理量(m³)", "Throughput (m³ a day)")
                        .alsoCalled("1日の処理容積")
                        .hxl("#capacity+volume")
                        .example("120"),
                Column.optional(LINES, "1日の出荷行数", "Throughput (lines a day)")
                        .alsoCalled("1日の処理件数")
                        .hxl("#capacity+lines")
                        .example("300"),
                Column.optional(HANDLING_HOURS, "1日の作業時間(のべ)", "Handling (hours a day, all people)")
                        .alsoCalled("のべ作業時間")
                        .hxl("#capacity+hours")
                        .example("64")));
        columns.addAll(PlaceCells.reportColumns());
        return List.copyOf(columns);
    }

    @Override
    public Optional<String> externalId(Row row) {
        return row.text(ID);
    }

    @Override
    public RowInterpreter<HubRow> interpreter(ImportContext context) {
        PlaceCells places = new PlaceCells(municipalities.directory(), check);
        return row -> interpret(row, places);
    }

    /**
     * Reads what a person typed into a form, with the checks of a file's row.
     *
     * @param cells what was typed, by the column's key; a key that is there with a blank states "unknown"
     */
    public Interpretation<HubRow> interpret(Map<String, String> cells) {
        return interpret(PlaceCells.typed(columns(), cells), new PlaceCells(municipalities.directory(), check));
    }

    private static Interpretation<HubRow> interpret(Row row, PlaceCells places) {
        Cells cells = new Cells(row);
        cells.required(ID, CellParsers.text(200));
        Optional<String> name = cells.required(NAME, CellParsers.text(200));
        Optional<String> nameEn = cells.optional(NAME_EN, CellParsers.text(200));
        Optional<Municipality> municipality = places.municipality(cells, row);
        Optional<String> address = cells.optional(ADDRESS, CellParsers.text(300));
        Optional<Position> position = places.position(cells, row);
        if (row.text("lat").isEmpty() && row.text("lon").isEmpty()) {
            cells.problem(
                    "lat",
                    "missing",
                    BilingualText.of("拠点の緯度と経度", "The hub's latitude and longitude"),
                    BilingualText.of("拠点の位置を入れてください。", "Fill in where the hub is."));
        }
        HubState state =
                cells.optional(STATE, CellParsers.oneOf(HubState.words())).orElse(HubState.WORKING);
        HubCapacity perDay = new HubCapacity(
                cells.optional(KILOGRAMS, CellParsers.wholeNumber(0, 1_000_000_000)),
                cells.optional(CUBIC_METRES, CellParsers.decimal(0, 1_000_000)),
                cells.optional(LINES, CellParsers.wholeNumber(0, 1_000_000)),
                cells.optional(HANDLING_HOURS, CellParsers.decimal(0, 24_000)));
        PlaceCells.Report report = PlaceCells.Report.of(cells);
        return cells.finish(() -> new HubRow(
                new HubDetails(
                        name.orElseThrow(),
                        nameEn,
                        address,
                        municipality.orElseThrow().code(),
                        position.orElseThrow(),
                        PositionCheck.isDoubtful(position.get(), municipality.get()),
                        state,
                        perDay,
                        report.vehicleWidthMetres()),
                report.contact(),
                report.reportedAt(),
                PlaceCells.stated(row, Field.class, COLUMN_OF)));
    }

    @Override
    public RowStore<HubRow> store() {
        return store;
    }
}
