package jp.musubi.place;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.place.CommunityRow.Field;

/**
 * Files of communities: the own format, the municipal open-data list of evacuation places (推奨データセット) and GSI's list, as
 * they come.
 *
 * <p>Identity of a row: its community_id or 共通ID; else municipality and ID; else the natural key municipality, name and
 * address. GSI's NO is only a line number and does not count.
 *
 * <p>Kind: the column of that name; else, in lists of evacuation places, those that are also designated shelters
 * (指定避難所との重複, 指定避難所との住所同一) are shelters and the others are not designated; else a shelter. Capacity is not a
 * headcount: people stay unknown until somebody reports them.
 */
public final class CommunityRows implements ImportKind<CommunityRow> {

    private static final String ID = "community_id";
    private static final String LOCAL_ID = "local_id";
    private static final String NAME = "name";
    private static final String KANA = "kana";
    private static final String KIND = "kind";
    private static final String DESIGNATED = "designated";
    private static final String ADDRESS = "address";
    private static final String PEOPLE = "people";
    private static final String CHILDREN = "children";
    private static final String INFANTS = "infants";
    private static final String ELDERLY = "elderly";
    private static final String CAPACITY = "capacity";

    private static final Map<Field, String> COLUMN_OF = Map.ofEntries(
            Map.entry(Field.KANA, KANA),
            Map.entry(Field.ADDRESS, ADDRESS),
            Map.entry(Field.PEOPLE, PEOPLE),
            Map.entry(Field.CHILDREN, CHILDREN),
            Map.entry(Field.INFANTS, INFANTS),
            Map.entry(Field.ELDERLY, ELDERLY),
            Map.entry(Field.CAPACITY, CAPACITY),
            Map.entry(Field.VEHICLE_WIDTH, PlaceCells.VEHICLE_WIDTH),
            Map.entry(Field.CONTACT, PlaceCells.CONTACT));

    private static final int LONGEST_ID = 200;

    private final Municipalities municipalities;
    private final PositionCheck check;
    private final RowStore<CommunityRow> store;

    public CommunityRows(Municipalities municipalities, PositionCheck check, RowStore<CommunityRow> store) {
        this.municipalities = municipalities;
        this.check = check;
        this.store = store;
    }

    @Override
    public String name() {
        return "communities";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("避難所・在宅・施設", "Communities");
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.optional(ID, "コミュニティID", "Community id")
                        .alsoCalled("共通ID", "避難所ID", "避難所番号", "施設ID")
                        .hxl("#loc+code", "#meta+id")
                        .example("OTSUCHI-001"),
                Column.optional(LOCAL_ID, "市区町村内のID", "Id within the municipality")
                        .alsoCalled("ID"),
                Column.required(NAME, "名称", "Name")
                        .alsoCalled("施設・場所名", "施設名", "避難所名", "避難場所名", "community name", "shelter name")
                        .hxl("#loc+name")
                        .example("大槌町中央公民館"),
                Column.optional(KANA, "よみ", "Name in kana").alsoCalled("名称_カナ", "カナ", "フリガナ"),
                Column.optional(KIND, "種別", "Kind")
                        .alsoCalled("種類", "区分", "type")
                        .hxl("#loc+type")
                        .example("shelter"),
                Column.optional(DESIGNATED, "指定避難所との重複", "Also a designated shelter")
                        .alsoCalled("指定避難所との住所同一")));
        columns.addAll(PlaceCells.municipalityColumns());
        columns.addAll(PlaceCells.positionColumns());
        columns.addAll(List.of(
                Column.optional(PEOPLE, "避難者数", "People")
                        .alsoCalled("人数", "現在の人数", "避難者", "headcount", "evacuees")
                        .hxl("#affected", "#population")
                        .example("240"),
                Column.optional(CHILDREN, "子ども", "Children")
                        .alsoCalled("子供", "こども", "うち子ども")
                        .hxl("#affected+children")
                        .example("30"),
                Column.optional(INFANTS, "乳幼児", "Infants")
                        .alsoCalled("乳児", "うち乳幼児")
                        .hxl("#affected+infants")
                        .example("8"),
                Column.optional(ELDERLY, "高齢者", "Elderly")
                        .alsoCalled("うち高齢者", "older people")
                        .hxl("#affected+elderly")
                        .example("95"),
                Column.optional(CAPACITY, "想定収容人数", "Capacity")
                        .alsoCalled("収容人数", "定員", "収容可能人数")
                        .hxl("#capacity")
                        .example("400")));
        columns.addAll(PlaceCells.reportColumns());
        return List.copyOf(columns);
    }

    @Override
    public Optional<String> externalId(Row row) {
        Optional<String> id = row.text(ID);
        if (id.isPresent()) {
            return id;
        }
        String said = PlaceCells.municipalityText(row);
        String municipality = MunicipalityCode.readWithoutZero(said)
                .map(MunicipalityCode::value)
                .orElseGet(() -> NameForm.japanese(said));
        return row.text(LOCAL_ID)
                .map(local -> municipality + ":" + withoutZeros(local))
                .or(() -> row.text(NAME).map(name -> naturalKey(row, municipality, name)));
    }

    /** A spreadsheet drops leading zeros when a list is saved again; the place stays the same. */
    private static String withoutZeros(String local) {
        return Normalizer.normalize(local, Normalizer.Form.NFKC).replaceFirst("^0+(?=\\d+$)", "");
    }

    /** Two places of one name in one municipality differ by their address. */
    private static String naturalKey(Row row, String municipality, String name) {
        String key = "=" + municipality + "/" + NameForm.japanese(name) + "/"
                + NameForm.japanese(row.text(ADDRESS).orElse(""));
        if (key.length() <= LONGEST_ID) {
            return key;
        }
        String rest =
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
        return key.substring(0, LONGEST_ID - rest.length() - 1) + "#" + rest;
    }

    @Override
    public RowInterpreter<CommunityRow> interpreter(ImportContext context) {
        MunicipalityDirectory directory = municipalities.directory();
        PlaceCells places = new PlaceCells(directory, check);
        return row -> interpret(row, places);
    }

    /**
     * Reads what a person typed into a form, with the checks of a file's row.
     *
     * @param cells what was typed, by the column's key; a key that is there with a blank states "unknown"
     */
    public Interpretation<CommunityRow> interpret(Map<String, String> cells) {
        return interpret(PlaceCells.typed(columns(), cells), new PlaceCells(municipalities.directory(), check));
    }

    private static Interpretation<CommunityRow> interpret(Row row, PlaceCells places) {
        Cells cells = new Cells(row);
        cells.optional(ID, CellParsers.text(LONGEST_ID));
        cells.optional(LOCAL_ID, CellParsers.text(100));
        Optional<String> name = cells.required(NAME, CellParsers.text(200));
        Optional<String> kana = cells.optional(KANA, CellParsers.text(200));
        CommunityKind kind = kind(cells, row);
        Optional<Municipality> municipality = places.municipality(cells, row);
        Optional<String> address = cells.optional(ADDRESS, CellParsers.text(300));
        Optional<Position> position = places.position(cells, row);
        People people = new People(
                cells.optional(PEOPLE, headcount()),
                cells.optional(CHILDREN, headcount()),
                cells.optional(INFANTS, headcount()),
                cells.optional(ELDERLY, headcount()));
        for (Map.Entry<String, Optional<Integer>> part : List.of(
                Map.entry(CHILDREN, people.children()),
                Map.entry(INFANTS, people.infants()),
                Map.entry(ELDERLY, people.elderly()))) {
            noteLargerThanTotal(cells, part.getKey(), part.getValue(), people.total());
        }
        Optional<Integer> capacity = cells.optional(CAPACITY, headcount());
        PlaceCells.Report report = PlaceCells.Report.of(cells);
        return cells.finish(() -> new CommunityRow(
                new CommunityDetails(
                        name.orElseThrow(),
                        kana,
                        kind,
                        municipality.orElseThrow().code(),
                        address,
                        position,
                        position.isPresent() && PositionCheck.isDoubtful(position.get(), municipality.orElseThrow()),
                        people,
                        capacity,
                        report.vehicleWidthMetres()),
                report.contact(),
                report.reportedAt(),
                stated(row)));
    }

    private static CommunityKind kind(Cells cells, Row row) {
        Optional<CommunityKind> said = cells.optional(KIND, CellParsers.oneOf(CommunityKind.words()));
        if (said.isPresent() || row.text(KIND).isPresent() || !row.hasColumn(DESIGNATED)) {
            return said.orElse(CommunityKind.SHELTER);
        }
        boolean designated = cells.optional(DESIGNATED, CellParsers.yesNo()).orElse(false);
        return designated ? CommunityKind.SHELTER : CommunityKind.UNDESIGNATED_SHELTER;
    }

    private static Set<Field> stated(Row row) {
        Set<Field> stated = PlaceCells.stated(row, Field.class, COLUMN_OF);
        if (row.text(KIND).isPresent() || row.hasColumn(DESIGNATED)) {
            stated.add(Field.KIND);
        }
        if (row.hasColumn("lat") && row.hasColumn("lon")) {
            stated.add(Field.POSITION);
        }
        return stated;
    }

    /** A count of people; lists write 約300人 too. */
    private static CellParser<Integer> headcount() {
        CellParser<Long> number = CellParsers.wholeNumber(0, People.MOST);
        return text -> {
            CellParser.Parsed<Long> parsed =
                    number.parse(text.replaceFirst("^約\\s*", "").replaceFirst("\\s*[人名]$", ""));
            if (parsed instanceof CellParser.Parsed.Value<Long> value) {
                return CellParser.Parsed.value(Math.toIntExact(value.value()));
            }
            CellParser.Parsed.Wrong<Long> wrong = (CellParser.Parsed.Wrong<Long>) parsed;
            return CellParser.Parsed.wrong(
                    wrong.code(),
                    wrong.expected(),
                    BilingualText.of(
                            "人数を数字だけで書き、分からないときは空にしてください。",
                            "Write the number of people in digits only, or leave it blank if nobody knows."));
        };
    }

    private static void noteLargerThanTotal(
            Cells cells, String column, Optional<Integer> part, Optional<Integer> total) {
        if (part.isPresent() && total.isPresent() && part.get() > total.get()) {
            String most = String.format(Locale.ROOT, "%,d", total.get());
            cells.problem(
                    column,
                    "part-larger-than-total",
                    BilingualText.of("避難者数(" + most + "人)以下の数", "At most the number of people, " + most),
                    BilingualText.of("総数か内訳のどちらかを直してください。", "Correct either the total or this part."));
        }
    }

    @Override
    public RowStore<CommunityRow> store() {
        return store;
    }
}
