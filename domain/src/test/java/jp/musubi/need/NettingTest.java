package jp.musubi.need;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.Quantity;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NettingTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    @Test
    void coversTheEarliestDeadlineFirstAndNoDeadlineLast() {
        DemandLine never = line(1, 100, null, 0);
        DemandLine later = line(2, 100, 48, 0);
        DemandLine soon = line(3, 100, 12, 0);

        NetNeed net = Netting.net(List.of(never, later, soon), new Supply(List.of(), q(150), q(100)));

        assertThat(net.lines()).extracting(NetLine::line).containsExactly(soon, later, never);
        assertThat(net.lines()).extracting(NetLine::net).containsExactly(q(0), q(0), q(50));
        assertThat(net.lines()).extracting(NetLine::underWay).containsExactly(q(100), q(50), q(0));
        assertThat(net.lines()).extracting(NetLine::reserved).containsExactly(q(0), q(50), q(50));
    }

    @Test
    void ignoresWhatWasThereBeforeTheWordWasGiven() {
        DemandLine line = line(1, 100, 12, 0);
        Receipt before = new Receipt(NOW.minusSeconds(1), q(80));
        Receipt after = new Receipt(NOW.plusSeconds(1), q(30));

        NetNeed net = Netting.net(List.of(line), new Supply(List.of(before, after), q(0), q(0)));

        assertThat(net.net()).isEqualTo(q(70));
        assertThat(net.received()).isEqualTo(q(30));
    }

    @Test
    void anOldReceiptCannotCoverYoungerWordThatWaitsForIt() {
        DemandLine old = line(1, 100, 48, -10);
        DemandLine young = line(2, 100, 12, 0);
        Receipt between = new Receipt(NOW.minus(Duration.ofHours(5)), q(100));
        Receipt now = new Receipt(NOW, q(100));

        NetNeed net = Netting.net(List.of(old, young), new Supply(List.of(now, between), q(0), q(0)));

        assertThat(net.net()).isEqualTo(q(0));
    }

    @Test
    void saysWhatIsPromisedBeyondAllDemand() {
        NetNeed net = Netting.net(List.of(line(1, 100, 12, 0)), new Supply(List.of(), q(80), q(70)));

        assertThat(net.overPromised()).isEqualTo(q(50));
        assertThat(net.promised()).isEqualTo(q(100));
    }

    @Property
    void nothingIsDeductedTwiceAndNothingBelowZero(
            @ForAll("demand") List<DemandLine> demand, @ForAll("supply") Supply s) {
        NetNeed net = Netting.net(demand, s);

        assertThat(net.lines()).extracting(NetLine::line).containsExactlyInAnyOrderElementsOf(demand);
        for (NetLine line : net.lines()) {
            assertThat(line.received()
                            .plus(line.underWay())
                            .plus(line.reserved())
                            .plus(line.net()))
                    .isEqualTo(line.line().quantity());
        }
        assertThat(sum(net.lines().stream().map(NetLine::underWay).toList()))
                .isLessThanOrEqualTo(s.underWay().baseUnits());
        assertThat(net.promised().plus(net.overPromised()))
                .isEqualTo(s.underWay().plus(s.reserved()));
        assertThat(net.received().baseUnits())
                .isLessThanOrEqualTo(
                        sum(s.received().stream().map(Receipt::quantity).toList()));
    }

    @Property
    void promisesLeaveNothingOpenBeforeSomethingLater(
            @ForAll("demand") List<DemandLine> demand, @ForAll("supply") Supply supply) {
        Supply promises = new Supply(List.of(), supply.underWay(), supply.reserved());
        List<NetLine> lines = Netting.net(demand, promises).lines();

        for (int i = 1; i < lines.size(); i++) {
            boolean earlierIsOpen = !lines.get(i - 1).net().isZero();
            boolean laterGotSome =
                    lines.get(i).net().compareTo(lines.get(i).line().quantity()) < 0;
            assertThat(earlierIsOpen && laterGotSome).isFalse();
        }
    }

    @Property
    void noOtherWayOfDeductingWouldCoverMore(
            @ForAll("demand") List<DemandLine> demand, @ForAll("supply") Supply supply) {
        // Receipts fit lines whose word is older: for every moment, what arrived up to it fits only older word. The
        // best
        // possible cover follows from these nested sets (Hall's condition), without looking at deadlines.
        long covered = 0;
        for (Receipt receipt : supply.received()) {
            long fitting = demand.stream()
                    .filter(line -> !line.since().isAfter(receipt.at()))
                    .mapToLong(line -> line.quantity().baseUnits())
                    .sum();
            covered = Math.min(covered + receipt.quantity().baseUnits(), fitting);
        }
        long all =
                demand.stream().mapToLong(line -> line.quantity().baseUnits()).sum();
        long best = Math.min(
                all, covered + supply.underWay().baseUnits() + supply.reserved().baseUnits());

        assertThat(Netting.net(demand, supply).net().baseUnits()).isEqualTo(all - best);
    }

    @Property
    void theOrderInWhichLinesAndReceiptsAreGivenDoesNotMatter(
            @ForAll("demand") List<DemandLine> demand, @ForAll("supply") Supply supply) {
        List<DemandLine> reversed = new ArrayList<>(demand);
        Collections.reverse(reversed);

        assertThat(Netting.net(reversed, supply)).isEqualTo(Netting.net(demand, supply));
    }

    @Provide
    Arbitrary<List<DemandLine>> demand() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1000),
                        Arbitraries.integers().between(1, 72).injectNull(0.2),
                        Arbitraries.integers().between(-48, 0),
                        Arbitraries.of(Priority.class))
                .as((quantity, deadline, since, priority) -> new Object[] {quantity, deadline, since, priority})
                .list()
                .ofMaxSize(8)
                .map(parts -> {
                    List<DemandLine> lines = new ArrayList<>();
                    for (Object[] part : parts) {
                        lines.add(new DemandLine(
                                new NeedRef.Stored(NeedKind.REQUEST, new NeedId(lines.size())),
                                q((Long) part[0]),
                                (Priority) part[3],
                                Optional.ofNullable((Integer) part[1]).map(h -> NOW.plus(Duration.ofHours(h))),
                                NOW.plus(Duration.ofHours((Integer) part[2]))));
                    }
                    return lines;
                });
    }

    @Provide
    Arbitrary<Supply> supply() {
        Arbitrary<Receipt> receipt = Combinators.combine(
                        Arbitraries.integers().between(-60, 0),
                        Arbitraries.longs().between(1, 800))
                .as((hours, quantity) -> new Receipt(NOW.plus(Duration.ofHours(hours)), q(quantity)));
        return Combinators.combine(
                        receipt.list().ofMaxSize(6),
                        Arbitraries.longs().between(0, 1500),
                        Arbitraries.longs().between(0, 1500))
                .as((received, underWay, reserved) -> new Supply(received, q(underWay), q(reserved)));
    }

    private static DemandLine line(long id, long quantity, @Nullable Integer hours, int since) {
        return new DemandLine(
                new NeedRef.Stored(NeedKind.REQUEST, new NeedId(id)),
                q(quantity),
                Priority.NORMAL,
                Optional.ofNullable(hours).map(h -> NOW.plus(Duration.ofHours(h))),
                NOW.plus(Duration.ofHours(since)));
    }

    private static long sum(List<Quantity> quantities) {
        return quantities.stream().mapToLong(Quantity::baseUnits).sum();
    }

    private static Quantity q(long units) {
        return new Quantity(units);
    }
}
