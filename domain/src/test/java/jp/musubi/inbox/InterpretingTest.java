package jp.musubi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpretingTest {

    private static final List<Column> COLUMNS = List.of(
            Column.required("well_id", "井戸番号", "Well id").hxl("#meta+id"),
            Column.required("litres_per_day", "日量", "Litres per day").alsoCalled("水量"),
            Column.optional("tested_at", "検査日時", "Tested at").hxl("#date+tested"),
            Column.optional("lat", "緯度", "Latitude").hxl("#geo+lat"));

    private final ColumnMatcher matcher = new ColumnMatcher(COLUMNS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "well_id|litres_per_day",
                "Litres per Day|WELL-ID",
                "井戸番号|日量(L)",
                " 井戸 番号 |水量（リットル）",
                "#meta+id|日量",
                "#meta +code +id|ｗｅｌｌ＿ｉｄx|水量"
            })
    void findsColumnsInAnyLanguageOrderAndWidth(String header) {
        ColumnMatch match = matcher.match(Arrays.asList(header.split("\\|")));

        assertThat(match.isComplete()).isTrue();
        assertThat(match.positions()).containsOnlyKeys("well_id", "litres_per_day");
    }

    @Test
    void saysWhatIsMissingUnknownAndRepeated() {
        ColumnMatch match = matcher.match(List.of("井戸番号", "備考", "Well id", ""));

        assertThat(match.isComplete()).isFalse();
        assertThat(match.missing()).extracting(Column::key).containsExactly("litres_per_day");
        assertThat(match.unknown()).containsExactly("備考");
        assertThat(match.repeated()).containsExactly("Well id");
    }

    @Test
    void refusesTwoColumnsOfOneName() {
        assertThatThrownBy(() ->
                        new ColumnMatcher(List.of(Column.required("a", "番号", "Id"), Column.required("b", "番 号", "No"))))
                .hasMessageContaining("番 号");
    }

    @Test
    void tellsAllErrorsOfARowAtOnce() {
        Row row = row("", "12 L", "2011-03-14 09:00");
        Cells cells = new Cells(row);
        cells.required("well_id", CellParsers.text(10));
        cells.required("litres_per_day", CellParsers.wholeNumber(1, 1000));
        cells.optional("tested_at", CellParsers.time());

        Interpretation<String> outcome = cells.finish(() -> "never");

        assertThat(outcome.listProblems())
                .extracting(RowProblem::code)
                .containsExactly("missing", "not-a-whole-number", "time-without-offset");
        assertThat(outcome.listProblems().get(1))
                .isEqualTo(new RowProblem(
                        "not-a-whole-number",
                        new CellPlace(Optional.empty(), 7, "日量"),
                        "12 L",
                        BilingualText.of("1 から 1,000 までの整数", "A whole number from 1 to 1,000"),
                        BilingualText.of(
                                "数字だけを入れ、単位は単位の列に書いてください。", "Write digits only; the unit has its own column.")));
    }

    @Test
    void readsAGoodRow() {
        Cells cells = new Cells(row("W-1", "１，２００", "2011-03-14T09:00+09:00"));
        Optional<String> id = cells.required("well_id", CellParsers.text(10));
        Optional<Long> litres = cells.required("litres_per_day", CellParsers.wholeNumber(1, 10_000));
        Optional<Instant> tested = cells.optional("tested_at", CellParsers.time());
        Optional<Double> lat = cells.optional("lat", CellParsers.decimal(-90, 90));

        assertThat(cells.finish(() -> id.orElseThrow() + " " + litres.orElseThrow() + " " + tested.orElseThrow()))
                .isEqualTo(Interpretation.accepted("W-1 1200 2011-03-14T00:00:00Z"));
        assertThat(lat).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    300 | 300
                    300.0 | 300
                    1,200 | 1200
                    +5 | 5
                    ３００ | 300
                    """)
    void readsWholeNumbers(String text, long value) {
        assertThat(CellParsers.wholeNumber(0, 10_000).parse(text)).isEqualTo(Parsed.value(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1.5", "1e3", "12個", "0x10", "-1", "10001", "9999999999999999999", "NaN"})
    void refusesWhatIsNoWholeNumberInRange(String text) {
        assertThat(CellParsers.wholeNumber(0, 10_000).parse(text)).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void detectsTheKindWithTheMostColumns() {
        ImportKinds kinds = new ImportKinds(List.of(
                kind("places", Column.required("name", "名称", "Name"), Column.optional("lat", "緯度", "Latitude")),
                kind("items", Column.required("name", "名称", "Name"), Column.optional("unit", "単位", "Unit"))));

        assertThat(kinds.detect(List.of(List.of("名称"), List.of("単位"))).map(ImportKind::name))
                .contains("items");
        assertThat(kinds.detect(List.of(List.of("名称")))).isEmpty();
        assertThat(kinds.detect(List.of(List.of("備考")))).isEmpty();
    }

    private Row row(String... values) {
        return new Row(7, Optional.empty(), matcher.match(List.of("井戸番号", "日量", "検査日時")), List.of(values));
    }

    private static ImportKind<String> kind(String name, Column... columns) {
        return new ImportKind<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public BilingualText title() {
                return BilingualText.of(name, name);
            }

            @Override
            public List<Column> columns() {
                return List.of(columns);
            }

            @Override
            public Optional<String> externalId(Row row) {
                return row.text("name");
            }

            @Override
            public RowInterpreter<String> interpreter(ImportContext context) {
                return row -> Interpretation.accepted("");
            }

            @Override
            public RowStore<String> store() {
                return (context, rows) -> RowStore.Applied.of(0, rows.size(), 0);
            }
        };
    }
}
