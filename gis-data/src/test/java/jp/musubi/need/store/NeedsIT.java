package jp.musubi.need.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.EstimateOutcome;
import jp.musubi.need.EstimateRate;
import jp.musubi.need.Freshness;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NeedId;
import jp.musubi.need.Needs;
import jp.musubi.need.ReportedNeed;
import jp.musubi.place.CommunityId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class NeedsIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final List<String> HEADER = List.of(
            "need_id", "community_id", "item", "quantity", "unit", "priority", "needed_by", "reported_at", "source");

    private final NeedsKind kind;
    private final NeedBoard board;
    private final Needs needs;
    private final EstimateRates rates;
    private final Catalogue catalogue;
    private final Responses responses;
    private final ChangeLog changes;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    private Response response = TestResponse.at(NOW, "x0");
    private CommunityId shelter = new CommunityId(0);
    private CommunityId unheard = new CommunityId(0);

    private static long number;

    NeedsIT(
            NeedsKind kind,
            NeedBoard board,
            Needs needs,
            EstimateRates rates,
            Catalogue catalogue,
            Responses responses,
            ChangeLog changes,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.kind = kind;
        this.board = board;
        this.needs = needs;
        this.rates = rates;
        this.catalogue = catalogue;
        this.responses = responses;
        this.changes = changes;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @BeforeEach
    void openResponse() {
        response = responses.open(new Response(
                response.id(),
                "needs-it-" + ++number,
                response.nameJa(),
                response.nameEn(),
                response.zone(),
                response.languages(),
                response.bounds(),
                response.clock(),
                true));
        shelter = community("C-1", "SHELTER", 100);
        unheard = community("C-2", "HOME", null);
    }

    private CommunityId community(String externalId, String kindOfPlace, @Nullable Integer people) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point_doubtful, people, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', ?, FALSE, ?, '想定避難所', '03461', FALSE, ?, '', ?, '', 0)""")
                .params(Arrays.asList(response.id().value(), externalId, kindOfPlace, people, Timestamp.from(NOW)))
                .update();
        return new CommunityId(jdbc.sql("SELECT id FROM community WHERE response_id = ? AND external_id = ?")
                .params(response.id().value(), externalId)
                .query(Long.class)
                .single());
    }

    @Test
    void takesRowsOnceAndCorrectsWhatChanged() {
        List<String> row = row("N-1", "C-1", "毛布", "12", "箱", "1", "", "2011-03-14T08:00:00+09:00", "");

        assertThat(take(row)).isEqualTo(RowStore.Applied.of(1, 0, 0));
        assertThat(take(row)).isEqualTo(RowStore.Applied.of(0, 1, 0));
        assertThat(take(row("N-1", "C-1", "毛布", "90", "枚", "1", "", "2011-03-14T08:00:00+09:00", "")))
                .isEqualTo(RowStore.Applied.of(0, 0, 1));

        long id = jdbc.sql("SELECT id FROM need WHERE response_id = ?")
                .param(response.id().value())
                .query(Long.class)
                .single();
        assertThat(changes.listChanges("need", id)).singleElement().satisfies(change -> {
            assertThat(change.beforeJson().orElseThrow()).contains("\"quantity\":120");
            assertThat(change.afterJson().orElseThrow()).contains("\"quantity\":90");
        });
    }

    @Test
    void marksWhatAPackSizeOnlyAssumes() {
        take(row("N-1", "C-1", "毛布", "12", "箱", "1", "", "", ""));

        assertThat(jdbc.sql("SELECT pack_assumed FROM need WHERE response_id = ?")
                        .param(response.id().value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void saysEverythingThatIsWrongWithARow() {
        Interpretation<ReportedNeed> wrong =
                interpret(row("N-1", "C-9", "おむつ", "たくさん", "枚", "5", "2011-03-15", "", ""));

        assertThat(wrong.listProblems())
                .extracting(RowProblem::code)
                .containsExactlyInAnyOrder(
                        "unknown-community", "ambiguous-item", "unknown-priority", "time-without-offset");
        assertThat(interpret(row("N-1", "C-1", "毛布", "0", "枚", "2", "", "", "")).listProblems())
                .extracting(RowProblem::code)
                .containsExactly("out-of-range");
        assertThat(interpret(row("N-1", "C-1", "毛布", "3", "kg", "2", "", "", ""))
                        .listProblems())
                .extracting(RowProblem::code)
                .containsExactly("unknown-unit");
    }

    @Test
    void netsEstimatesRequestsAndAssessmentsOfTheStore() {
        // 100 people: 200 blankets and 1,080 meals are estimated; 50 blankets are asked for, 0 meals are assessed.
        take(row(
                "N-1",
                "C-1",
                "毛布",
                "50",
                "枚",
                "1",
                "2011-03-15T09:00:00+09:00",
                "2011-03-14T08:00:00+09:00",
                "request"));
        take(row("N-2", "C-1", "食料", "0", "食", "1", "", "2011-03-14T08:00:00+09:00", "聞き取り"));

        CommunityNeeds found = board.findNeeds(response.id(), shelter, NOW).orElseThrow();

        assertThat(needOf(found, "BLANKET").net().lines())
                .extracting(
                        line -> line.line().ref().key().split("-", -1)[0],
                        line -> line.net().baseUnits())
                .containsExactlyInAnyOrder(tuple("request", 50L), tuple("estimate", 150L));
        assertThat(needOf(found, "FOOD").net().net()).isEqualTo(Quantity.ZERO);
        assertThat(needOf(found, "WATER").net().net()).isEqualTo(new Quantity(1800));
        assertThat(found.lastWord().ageClass()).isEqualTo(Freshness.AgeClass.FRESH);
        assertThat(board.listNeeds(response.id(), NOW)).hasSize(2).contains(found);
    }

    @Test
    void saysThatItCannotEstimateWithoutAHeadcount() {
        CommunityNeeds found = board.findNeeds(response.id(), unheard, NOW).orElseThrow();

        assertThat(found.headcountUnknown()).isTrue();
        assertThat(found.items()).isEmpty();
        assertThat(found.lastWord().ageClass()).isEqualTo(Freshness.AgeClass.NEVER);
    }

    @Test
    void aWithdrawnNeedDoesNotCountAndIsWithdrawnOnce() {
        take(row("N-1", "C-2", "毛布", "50", "枚", "1", "", "", ""));
        NeedId id = new NeedId(jdbc.sql("SELECT id FROM need WHERE response_id = ?")
                .param(response.id().value())
                .query(Long.class)
                .single());

        assertThat(needs.withdraw(response.id(), id, NOW, Optional.empty(), "届いた"))
                .isTrue();
        assertThat(needs.withdraw(response.id(), id, NOW, Optional.empty(), "届いた"))
                .isFalse();
        assertThat(board.findNeeds(response.id(), unheard, NOW).orElseThrow().items())
                .isEmpty();
        assertThat(needs.findById(response.id(), id).orElseThrow().withdrawn()).isTrue();
    }

    @Test
    void aCommunityOfAnotherResponseIsUnknown() {
        openResponse();
        jdbc.sql("DELETE FROM community WHERE response_id = ?")
                .param(response.id().value())
                .update();

        assertThat(interpret(row("N-1", "C-1", "毛布", "5", "枚", "2", "", "", "")).listProblems())
                .extracting(RowProblem::code)
                .containsExactly("unknown-community");
    }

    @Test
    void changedRatesAreUsedAndShippedOnesAreThere() {
        assertThat(rates.listRates())
                .usingRecursiveComparison(comparingNumbers())
                .isEqualTo(sorted(EstimateRates.shipped()));
        EstimateRate blanket = rates.listRates().stream()
                .filter(rate -> rate.item().value().equals("BLANKET"))
                .findFirst()
                .orElseThrow();
        EstimateRate three = new EstimateRate(
                blanket.item(),
                blanket.basis(),
                BigDecimal.valueOf(3),
                blanket.perPeople(),
                blanket.perDays(),
                blanket.coverDays(),
                blanket.shareOfPeople(),
                blanket.priority(),
                Duration.ofDays(1),
                blanket.sureness(),
                blanket.sourceJa(),
                blanket.sourceEn());
        try {
            rates.change(three, version(three));

            assertThat(needOf(board.findNeeds(response.id(), shelter, NOW).orElseThrow(), "BLANKET")
                            .estimate()
                            .orElseThrow())
                    .isInstanceOfSatisfying(
                            EstimateOutcome.Estimated.class,
                            estimated -> assertThat(estimated.lacking()).isEqualTo(new Quantity(300)));
        } finally {
            rates.change(blanket, version(blanket));
        }
    }

    @Test
    void aRateThatSomebodyElseChangedIsNotOverwritten() {
        EstimateRate rate = rates.listRates().get(0);
        OptionalLong seen = version(rate);
        rates.change(rate, seen);

        assertThatThrownBy(() -> rates.change(rate, seen)).isInstanceOf(ChangedMeanwhile.class);
        assertThatThrownBy(() -> rates.change(rate, OptionalLong.empty())).isInstanceOf(ChangedMeanwhile.class);
        assertThat(rates.findRate(rate.item()).orElseThrow())
                .returns(seen.orElseThrow() + 1, EstimateRates.KeptRate::version)
                .returns(true, EstimateRates.KeptRate::edited);
    }

    private OptionalLong version(EstimateRate rate) {
        return OptionalLong.of(rates.findRate(rate.item()).orElseThrow().version());
    }

    private List<EstimateRate> sorted(List<EstimateRate> shipped) {
        List<ItemCode> order = catalogue.current().listItems().stream()
                .map(item -> item.code())
                .toList();
        List<EstimateRate> sorted = new ArrayList<>(shipped);
        sorted.sort(Comparator.comparingInt(rate -> order.indexOf(rate.item())));
        return sorted;
    }

    private static RecursiveComparisonConfiguration comparingNumbers() {
        return RecursiveComparisonConfiguration.builder()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .build();
    }

    private ItemNeed needOf(CommunityNeeds community, String code) {
        ItemId item = catalogue.current().getByCode(new ItemCode(code)).id();
        return community.items().stream()
                .filter(need -> need.item().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> row(String... cells) {
        return List.of(cells);
    }

    private Row asRow(List<String> cells) {
        return new Row(2, Optional.empty(), new ColumnMatcher(kind.columns()).match(HEADER), cells);
    }

    private ImportContext context() {
        return new ImportContext(new FeedId(number), response, "main", Optional.empty(), NOW, NOW);
    }

    private Interpretation<ReportedNeed> interpret(List<String> cells) {
        RowInterpreter<ReportedNeed> interpreter = kind.interpreter(context());
        interpreter.preheat(List.of(asRow(cells)));
        return interpreter.interpret(asRow(cells));
    }

    private static long feedNumber;

    private RowStore.Applied take(List<String> cells) {
        Row row = asRow(cells);
        ImportContext context =
                new ImportContext(new FeedId(1_000_000 + ++feedNumber), response, "main", Optional.empty(), NOW, NOW);
        if (interpret(cells) instanceof Interpretation.Accepted<ReportedNeed> accepted) {
            RowStore.Applied applied = transaction.execute(status -> kind.store()
                    .apply(
                            context,
                            List.of(new ImportedRow<>(kind.externalId(row).orElseThrow(), row, accepted.value()))));
            return Objects.requireNonNull(applied);
        }
        throw new AssertionError("Not accepted: " + interpret(cells));
    }
}
