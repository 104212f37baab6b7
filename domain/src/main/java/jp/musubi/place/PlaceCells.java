package jp.musubi.place;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.Row;
import jp.musubi.place.MunicipalityCode.Reading;

/** Reads the cells that say where something is; every kind of file has them alike. */
public final class PlaceCells {

    private static final String CODE = "municipality_code";
    private static final String SITE_CODE = "site_municipality_code";
    private static final String NAME = "municipality";
    private static final String SITE_NAME = "site_municipality";
    private static final String PREFECTURE = "prefecture";
    private static final String ADDRESS = "address";
    static final String VEHICLE_WIDTH = "max_vehicle_width_m";
    static final String CONTACT = "contact";
    private static final String REPORTED_AT = "reported_at";
    private static final String LATITUDE = "lat";
    private static final String LONGITUDE = "lon";

    private static final BilingualText A_MUNICIPALITY = BilingualText.of(
            "登録されている市区町村の名前か5桁または6桁のコード(例 大槌町、03461)",
            "The name or code (5 or 6 digits) of a municipality known here, e.g. Otsuchi or 03461");

    private final MunicipalityDirectory directory;
    private final PositionCheck check;

    public PlaceCells(MunicipalityDirectory directory, PositionCheck check) {
        this.directory = directory;
        this.check = check;
    }

    /** The columns for {@link #position}. */
    public static List<Column> positionColumns() {
        return List.of(
                Column.optional(LATITUDE, "緯度", "Latitude")
                        .alsoCalled("latitude", "北緯")
                        .hxl("#geo+lat")
                        .example("39.3581"),
                Column.optional(LONGITUDE, "経度", "Longitude")
                        .alsoCalled("longitude", "lng", "long", "東経")
                        .hxl("#geo+lon")
                        .example("141.8994"));
    }

    /** The columns for {@link #municipality}. Open data says it in up to six columns. */
    static List<Column> municipalityColumns() {
        return List.of(
                Column.optional(CODE, "市区町村コード", "Municipality code")
                        .alsoCalled("全国地方公共団体コード", "都道府県コード又は市区町村コード", "市町村コード", "団体コード", "municipality code", "JISコード")
                        .hxl("#adm2+code")
                        .example("03461"),
                Column.optional(SITE_CODE, "所在地の市区町村コード", "Municipality code of the site")
                        .alsoCalled("所在地_全国地方公共団体コード"),
                Column.optional(NAME, "市区町村名", "Municipality")
                        .alsoCalled("市区町村", "市町村", "市町村名", "地方公共団体名", "都道府県名及び市町村名", "city", "town")
                        .hxl("#adm2+name"),
                Column.optional(SITE_NAME, "所在地の市区町村", "Municipality of the site")
                        .alsoCalled("所在地_市区町村"),
                Column.optional(PREFECTURE, "都道府県名", "Prefecture")
                        .alsoCalled("都道府県", "所在地_都道府県")
                        .hxl("#adm1+name"),
                Column.optional(ADDRESS, "住所", "Address")
                        .alsoCalled("所在地", "所在地_連結表記")
                        .hxl("#loc+address"));
    }

    /** The columns that communities and hubs end with. */
    static List<Column> reportColumns() {
        return List.of(
                Column.optional(VEHICLE_WIDTH, "通れる車の幅(m)", "Widest vehicle (m)")
                        .alsoCalled("最大車幅", "車幅", "max vehicle width")
                        .example("2.3"),
                Column.optional(CONTACT, "連絡先", "Contact")
                        .alsoCalled("電話番号", "phone")
                        .hxl("#contact+phone", "#contact"),
                Column.optional(REPORTED_AT, "報告日時", "Reported at")
                        .alsoCalled("確認日時", "更新日時")
                        .hxl("#date+reported")
                        .example("2011-03-14T09:00:00+09:00"));
    }

    /** What {@link #reportColumns} say. */
    record Report(Optional<Double> vehicleWidthMetres, Optional<String> contact, Optional<Instant> reportedAt) {

        static Report of(Cells cells) {
            return new Report(
                    cells.optional(VEHICLE_WIDTH, CellParsers.decimal(0.5, 9.9)),
                    cells.optional(CONTACT, CellParsers.text(500)),
                    cells.optional(REPORTED_AT, CellParsers.time()));
        }
    }

    /**
     * What a person typed into a form, as a row.
     *
     * @param cells what was typed, by the column's key; a key that is there with a blank states "unknown"
     */
    static Row typed(List<Column> columns, Map<String, String> cells) {
        List<String> keys = List.copyOf(cells.keySet());
        List<String> values =
                keys.stream().map(key -> cells.getOrDefault(key, "")).toList();
        return new Row(1, Optional.empty(), new ColumnMatcher(columns).match(keys), values);
    }

    /** The fields of which the row's file has the column. */
    static <F extends Enum<F>> Set<F> stated(Row row, Class<F> fields, Map<F, String> columnOf) {
        Set<F> stated = EnumSet.noneOf(fields);
        columnOf.forEach((field, column) -> {
            if (row.hasColumn(column)) {
                stated.add(field);
            }
        });
        return stated;
    }

    /** The texts of a row that say the municipality, as they are: part of a natural key. */
    static String municipalityText(Row row) {
        return row.text(SITE_CODE)
                .or(() -> row.text(CODE))
                .or(() -> row.text(SITE_NAME))
                .or(() -> row.text(NAME))
                .orElse("");
    }

    /** Empty if both cells are blank, or if a problem was noted. */
    public Optional<Position> position(Cells cells, Row row) {
        PositionReading reading = check.read(row.text(LATITUDE), row.text(LONGITUDE));
        if (reading instanceof PositionReading.Wrong wrong) {
            wrong.problems()
                    .forEach(problem -> cells.problem(
                            problem.cell() == PositionProblem.Cell.LATITUDE ? LATITUDE : LONGITUDE,
                            problem.code(),
                            problem.expected(),
                            problem.remedy()));
        }
        return reading.found();
    }

    /** Empty only if a problem was noted: nothing is stored without a municipality. */
    Optional<Municipality> municipality(Cells cells, Row row) {
        Optional<Prefecture> prefecture = prefecture(row);
        for (String column : List.of(SITE_CODE, CODE, SITE_NAME, NAME)) {
            Optional<String> text =
                    row.text(column).filter(cell -> asPrefecture(cell).isEmpty());
            if (text.isPresent()) {
                MunicipalityMatch match = directory.resolve(text.get(), prefecture);
                note(cells, column, text.get(), match);
                return match.found();
            }
        }
        Optional<String> address = row.text(ADDRESS);
        if (address.isPresent()) {
            MunicipalityMatch match = directory.resolveAddress(address.get(), prefecture);
            note(cells, ADDRESS, address.get(), match);
            return match.found();
        }
        cells.problem(
                CODE,
                "municipality-missing",
                A_MUNICIPALITY,
                BilingualText.of("市区町村の名前かコードを入れてください。", "Fill in the municipality's name or code."));
        return Optional.empty();
    }

    /** The prefecture as its own column, its code or its name in the municipality's columns say it. */
    private static Optional<Prefecture> prefecture(Row row) {
        for (String column : List.of(PREFECTURE, SITE_CODE, CODE, SITE_NAME, NAME)) {
            Optional<Prefecture> found = row.text(column).flatMap(PlaceCells::asPrefecture);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** 岩手県, 03, 03000 and 030007 are Iwate; 03461 is no prefecture. */
    private static Optional<Prefecture> asPrefecture(String text) {
        String form = NameForm.japanese(text);
        if (form.matches("\\d{2}")) {
            return Prefecture.isCode(form) ? Optional.of(Prefecture.ofCode(form)) : Optional.empty();
        }
        Optional<MunicipalityCode> code = MunicipalityCode.read(text).found();
        if (code.isPresent()) {
            return code.filter(each -> each.value().endsWith("000")).map(MunicipalityCode::prefecture);
        }
        for (Prefecture prefecture : Prefecture.values()) {
            if (NameForm.japanese(prefecture.ja()).equals(form)) {
                return Optional.of(prefecture);
            }
        }
        return Optional.empty();
    }

    private void note(Cells cells, String column, String text, MunicipalityMatch match) {
        if (match instanceof MunicipalityMatch.Ambiguous ambiguous) {
            cells.problem(
                    column,
                    "municipality-ambiguous",
                    A_MUNICIPALITY,
                    BilingualText.of(
                            "同じ名前の市区町村があります。" + listed(ambiguous.candidates(), false) + "のどれかを、都道府県をつけるかコードで書いてください。",
                            "Several have this name. Write the prefecture too, or the code: "
                                    + listed(ambiguous.candidates(), true) + "."));
        } else if (match instanceof MunicipalityMatch.Unknown unknown) {
            String code = MunicipalityCode.read(text) instanceof Reading.WrongCheckDigit
                    ? "municipality-check-digit"
                    : "municipality-unknown";
            cells.problem(column, code, A_MUNICIPALITY, remedy(unknown.suggestions()));
        }
    }

    private BilingualText remedy(List<Municipality> suggestions) {
        return suggestions.isEmpty()
                ? BilingualText.of(
                        "都道府県をつけた正式な名前か、コードを書いてください。", "Write the official name with its prefecture, or the code.")
                : BilingualText.of(
                        listed(suggestions, false) + "ではありませんか。", "Maybe " + listed(suggestions, true) + "?");
    }

    private String listed(List<Municipality> municipalities, boolean english) {
        return municipalities.stream()
                .map(municipality -> english
                        ? directory.fullName(municipality, true) + " (" + municipality.code() + ")"
                        : directory.fullName(municipality, false) + "(" + municipality.code() + ")")
                .collect(Collectors.joining(english ? "; " : "、"));
    }
}
