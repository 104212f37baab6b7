package jp.musubi.giving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.giving.WantedList.Ask;
import jp.musubi.giving.WantedList.Lack;
import jp.musubi.giving.WantedList.Left;
import jp.musubi.giving.WantedList.Money;
import jp.musubi.giving.WantedList.Price;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Shortfall;
import org.junit.jupiter.api.Test;

class WantedListTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final ItemId WATER = new ItemId(1);
    private static final ItemId BLANKET = new ItemId(2);
    private static final Shortfall.Cause NOTHING_LEFT = new Shortfall.NothingLeft(0);

    @Test
    void asksForWhatIsScarceWithItsFirstDeadlineAndTheWorthOfTheNextUnit() {
        WantedList list = of(
                lack(WATER, "03", 1, 100, 40, 1, NOW.plusSeconds(3600 * 10), NOTHING_LEFT),
                lack(WATER, "03", 2, 50, 50, 3, NOW.plusSeconds(3600 * 30), NOTHING_LEFT),
                lack(WATER, "03", 3, 10, 10, 3, null, NOTHING_LEFT));

        // 2000 · 8 · 2 · 8^(1 − 6.5/10): tier 6 is next where 60 of 100 are served, and outweighs the first units of
        // others.
        long urgent = Math.round(2000 * 8 * 2 * Math.pow(8, 0.35));
        assertThat(list.asks())
                .containsExactly(new Ask(
                        WATER, Optional.of("03"), 100, Optional.of(NOW.plusSeconds(3600 * 10)), 3, urgent, List.of()));
        assertThat(list.money()).isEmpty();
    }

    @Test
    void doesNotPointAtTheOnlyCommunityOfAPrefecture() {
        WantedList list = of(
                lack(WATER, "02", 1, 10, 10, 2, null, NOTHING_LEFT),
                lack(WATER, "05", 2, 20, 20, 2, null, NOTHING_LEFT));

        assertThat(list.asks()).singleElement().satisfies(ask -> {
            assertThat(ask.prefecture()).isEmpty();
            assertThat(ask.quantity()).isEqualTo(30);
        });
    }

    @Test
    void asksForMoneyWhereTheWayIsTheProblem() {
        Shortfall.Cause far = new Shortfall.NotWorthTheDistance(new LotKey("1"), 900, 5);
        Shortfall.Cause late = new Shortfall.TooFarForTheDeadline(new LotKey("1"), 300, NOW, Duration.ofHours(2), 10);

        WantedList list = of(lack(BLANKET, "03", 1, 10, 10, 2, null, far), lack(BLANKET, "03", 2, 10, 7, 2, NOW, late));

        assertThat(list.asks()).isEmpty();
        assertThat(list.money())
                .extracting(Money::use, Money::quantity)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Money.Use.CARRY, 10L),
                        org.assertj.core.groups.Tuple.tuple(Money.Use.BUY_NEARBY, 7L));
    }

    @Test
    void saysStopOnlyWhereNobodyStillAsks() {
        List<Left> left = List.of(new Left(WATER, 500, 200, null), new Left(BLANKET, 80, 0, NOW));

        WantedList list = WantedList.of(
                NOW,
                Policy.DEFAULT_EQUITY,
                List.of(lack(
                        WATER,
                        "03",
                        1,
                        10,
                        10,
                        2,
                        null,
                        new Shortfall.ExpiresFirst(new LotKey("1"), 10, NOW, Duration.ofHours(1), 500))),
                left,
                List.of());

        assertThat(list.stops()).singleElement().satisfies(stop -> {
            assertThat(stop.item()).isEqualTo(BLANKET);
            assertThat(stop.quantity()).isEqualTo(80);
            assertThat(stop.firstExpiry()).contains(NOW);
        });
    }

    @Test
    void namesPrefecturesThatHaveEnoughButWhereMoreFreesStockForOthers() {
        List<Price> prices = List.of(
                new Price(WATER, "03", 9, 1000),
                new Price(WATER, "02", 5, 500),
                new Price(WATER, "04", 5, 499),
                new Price(WATER, "05", WantedList.FEWEST_COMMUNITIES - 1, 900),
                new Price(WATER, "06", 5, 0),
                new Price(BLANKET, "07", 5, 800));
        Lack lack = lack(WATER, "03", 1, 100, 20, 1, null, new Shortfall.NothingLeft(80));

        WantedList list = WantedList.of(NOW, Policy.DEFAULT_EQUITY, List.of(lack, lack), List.of(), prices);

        assertThat(list.asks())
                .singleElement()
                .satisfies(ask -> assertThat(ask.alsoIn())
                        .as("half as useful or more, not lacking itself, and not so few that they could be told")
                        .containsExactly("02"));
        assertThat(WantedList.of(NOW, Policy.DEFAULT_EQUITY, List.of(), List.of(), prices)
                        .asks())
                .as("nobody is asked for what nobody lacks")
                .isEmpty();
    }

    @Test
    void asksForHandsWhereAHubIsFull() {
        assertThat(of(lack(WATER, "03", 1, 10, 10, 2, null, new Shortfall.HubFull(new LotKey("1"), 20, 30)))
                        .money())
                .singleElement()
                .satisfies(money -> {
                    assertThat(money.use()).isEqualTo(Money.Use.PASS_ON);
                    assertThat(money.quantity()).isEqualTo(10);
                });
    }

    @Test
    void doesNotAskDonorsToMendWhatPeopleDecided() {
        assertThat(of(lack(WATER, "03", 1, 10, 10, 2, null, new Shortfall.Forbidden(10))))
                .isEqualTo(new WantedList(List.of(), List.of(), List.of()));
    }

    private static WantedList of(Lack... lacks) {
        return WantedList.of(NOW, Policy.DEFAULT_EQUITY, List.of(lacks), List.of(), List.of());
    }

    private static Lack lack(
            ItemId item,
            String prefecture,
            long community,
            long asked,
            long unmet,
            int priority,
            @org.jspecify.annotations.Nullable Instant neededBy,
            Shortfall.Cause cause) {
        return new Lack(item, prefecture, community, asked, unmet, priority, neededBy, cause);
    }
}
