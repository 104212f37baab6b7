package jp.musubi.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.catalog.Units;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore.Applied;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test is rolled back: the catalogue belongs to all. */
@MusubiIT
@Transactional
class ItemsKindIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final List<String> HEADER =
            List.of("品目コード", "品目名", "英語名", "分類", "基本単位", "梱包", "別名", "JANコード", "IFRCコード");

    private final ItemsKind kind;
    private final Catalogue catalogue;
    private final ChangeLog changes;
    private final TransactionTemplate transaction;

    ItemsKindIT(ItemsKind kind, Catalogue catalogue, ChangeLog changes, TransactionTemplate transaction) {
        this.kind = kind;
        this.catalogue = catalogue;
        this.changes = changes;
        this.transaction = transaction;
    }

    @Test
    void addsANewItemThatIsThenFoundAndCounted() {
        List<String> futon = List.of("kotatsu", "こたつ", "Kotatsu table", "生活用品", "台", "箱=2", "炬燵;コタツ", "", "");

        assertThat(take(HEADER, List.of(futon))).isEqualTo(Applied.of(1, 0, 0));
        assertThat(take(HEADER, List.of(futon))).isEqualTo(Applied.of(0, 1, 0));

        Item kotatsu = catalogue.current().getByCode(new ItemCode("KOTATSU"));
        assertThat(catalogue.current().match("炬燵")).isEqualTo(new ItemMatch.Matched(kotatsu));
        assertThat(Units.read(kotatsu, "3箱", ""))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.quantity()).isEqualTo(new Quantity(6)));
    }

    @Test
    void addsNamesToAKnownItemAndKeepsWhatTheRowDoesNotSay() {
        Item before = catalogue.current().getByCode(new ItemCode("TENT"));

        assertThat(take(HEADER, List.of(List.of("TENT", "テント", "Tent", "shelter", "台", "", "天幕", "", ""))))
                .isEqualTo(Applied.of(0, 0, 1));

        Item after = catalogue.current().getByCode(new ItemCode("TENT"));
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.alsoCalled()).containsAll(before.alsoCalled()).contains("天幕");
        assertThat(after.weightGrams()).isEqualTo(before.weightGrams());
        assertThat(after.packs()).isEqualTo(before.packs());
        assertThat(changes.listChanges("item", after.id().value())).hasSize(1);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(problems(List.of("BLANKET", "毛布", "Blanket", "household", "kg", "", "", "", "")))
                .containsExactly("base-unit-is-fixed");
        assertThat(problems(List.of("毛布", "毛布", "Blanket", "寝具", "まいまい", "箱", "", "4901234567890", "")))
                .containsExactlyInAnyOrder(
                        "not-a-code", "unknown-word", "unknown-unit", "not-a-pack", "not-a-jan-code");
        assertThat(problems(List.of("NEW-1", "新しい品", "New", "food", "個", "", "", "4901234567894", "")))
                .isEmpty();
    }

    @Test
    void refusesACodeOfAnotherCatalogueThatBelongsToAnotherItem() {
        Applied applied = take(
                HEADER,
                List.of(List.of("BLANKET-2", "毛布（厚手）", "Thick blanket", "household", "枚", "", "", "", "HSHEBLANCLT2")));

        assertThat(applied.created()).isZero();
        assertThat(applied.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(RowProblem::code)
                        .containsExactly("code-is-taken"));
        assertThat(catalogue.current().findByCode(new ItemCode("BLANKET-2"))).isEmpty();
    }

    @Test
    void acceptsTheFileThatShips() {
        List<CSVRecord> rows = ReferenceFile.read("catalog/items.csv").rows();
        List<String> header = List.of("code", "ja", "kana", "en", "group", "base_unit");
        List<List<String>> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(header.stream().map(row::get).toList()));

        Applied applied = take(header, cells);

        assertThat(applied.created() + applied.corrected()).isZero();
        assertThat(applied.unchanged()).isEqualTo(rows.size());
    }

    private List<String> problems(List<String> cells) {
        RowInterpreter<Item> interpreter = kind.interpreter(context());
        return interpreter.interpret(row(HEADER, cells, 2)).listProblems().stream()
                .map(RowProblem::code)
                .toList();
    }

    private Applied take(List<String> header, List<List<String>> table) {
        RowInterpreter<Item> interpreter = kind.interpreter(context());
        List<ImportedRow<Item>> rows = new ArrayList<>();
        for (List<String> cells : table) {
            Row row = row(header, cells, rows.size() + 2L);
            if (interpreter.interpret(row) instanceof Interpretation.Accepted<Item> accepted) {
                rows.add(new ImportedRow<>(kind.externalId(row).orElseThrow(), row, accepted.value()));
            } else {
                throw new AssertionError(interpreter.interpret(row).toString());
            }
        }
        return Objects.requireNonNull(transaction.execute(status -> kind.apply(context(), rows)));
    }

    private Row row(List<String> header, List<String> cells, long line) {
        return new Row(line, Optional.empty(), new ColumnMatcher(kind.columns()).match(header), cells);
    }

    private static ImportContext context() {
        Response response = new Response(
                new ResponseId(1),
                "items-it",
                "試験",
                "Test",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE),
                new Bounds(36, 139, 42, 142),
                new ResponseClock.Fixed(NOW),
                true);
        return new ImportContext(new FeedId(1), response, "main", Optional.empty(), NOW, NOW);
    }
}
