package jp.musubi.giving;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.catalog.ItemId;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Shortfall;
import org.jspecify.annotations.Nullable;

/**
 * What donors can help with now, told from a plan: what more of an item would be used, what would only be in the way, and
 * where money helps more than goods. It follows from what the plan could not do and from what it left over; nobody types
 * it in.
 *
 * @param asks goods that more of would be used, the most urgent first
 * @param stops goods of which enough is there or on its way
 * @param money goods that are there, but not where they are needed in time; money buys them nearby or carries them
 */
public record WantedList(List<Ask> asks, List<Stop> stops, List<Money> money) {

    /** Fewer communities than this are not told apart by prefecture. */
    public static final int FEWEST_COMMUNITIES = 3;

    public WantedList {
        asks = List.copyOf(asks);
        stops = List.copyOf(stops);
        money = List.copyOf(money);
    }

    /**
     * What one community does not get from the plan.
     *
     * @param prefecture two digits of JIS X 0401
     * @param asked base units the plan looked for
     * @param unmet base units it did not find, 1 to {@code asked}
     * @param priority 1 urgent to 4 low
     * @param neededBy null = no deadline
     */
    public record Lack(
            ItemId item,
            String prefecture,
            long community,
            long asked,
            long unmet,
            int priority,
            @Nullable Instant neededBy,
            Shortfall.Cause cause) {}

    /**
     * What nobody has a use for in the plan.
     *
     * @param quantity base units, at least 1
     * @param stillToCome how many of them are promised by their givers and not here yet
     * @param firstExpiry null = keeps
     */
    public record Left(
            ItemId item,
            long quantity,
            long stillToCome,
            @Nullable Instant firstExpiry) {}

    /**
     * More of this would be used.
     *
     * @param prefecture empty where so few communities ask that the prefecture would point at them
     * @param quantity base units
     * @param by the first deadline; empty = any time
     * @param worth of the next unit that arrives, in the plan's unit: one unit = 100 m of road
     * @param alsoIn prefectures that have enough, but where more would free what goes there now for others, and do at least
     *     half as much good as where it does most
     */
    public record Ask(
            ItemId item,
            Optional<String> prefecture,
            long quantity,
            Optional<Instant> by,
            int communities,
            long worth,
            List<String> alsoIn) {

        public Ask {
            alsoIn = List.copyOf(alsoIn);
        }
    }

    /**
     * What one more unit would be worth in a prefecture, whether its needs are met or not.
     *
     * @param communities that need the item there
     * @param price at the need where it is worth most, in the plan's unit
     */
    public record Price(ItemId item, String prefecture, int communities, long price) {}

    /** Enough is there. */
    public record Stop(ItemId item, long quantity, long stillToCome, Optional<Instant> firstExpiry) {}

    /** The way is the problem. {@code use} says what money does about it. */
    public record Money(ItemId item, Optional<String> prefecture, long quantity, int communities, Use use) {

        /** What the money is for. */
        public enum Use {
            /** What is there would come too late: buy it near those who need it. */
            BUY_NEARBY,
            /** What is there is far away or cut off: pay for its way. */
            CARRY,
            /** What is there lies in a hub that can pass on no more: pay for hands and vehicles. */
            PASS_ON
        }
    }

    private enum Help {
        GOODS,
        BUY_NEARBY,
        CARRY,
        PASS_ON,
        NONE
    }

    private static final Map<Help, Money.Use> USES = new EnumMap<>(Map.of(
            Help.BUY_NEARBY, Money.Use.BUY_NEARBY, Help.CARRY, Money.Use.CARRY, Help.PASS_ON, Money.Use.PASS_ON));

    /**
     * @param asOf the response's time the plan was made for
     * @param equity of the plan's policy
     * @param lacks one for each need that the plan does not meet in full
     * @param left one for each item of which something stays without use
     * @param prices one for each item and prefecture; empty for plans that know none
     */
    public static WantedList of(
            Instant asOf, double equity, Collection<Lack> lacks, Collection<Left> left, Collection<Price> prices) {
        Map<ItemId, Map<Help, List<Lack>>> byItem = new HashMap<>();
        for (Lack lack : lacks) {
            byItem.computeIfAbsent(lack.item(), item -> new HashMap<>())
                    .computeIfAbsent(helpAgainst(lack.cause()), help -> new ArrayList<>())
                    .add(lack);
        }
        List<Ask> asks = new ArrayList<>();
        List<Money> money = new ArrayList<>();
        Map<ItemId, List<Price>> pricesOf = prices.stream().collect(Collectors.groupingBy(Price::item));
        byItem.forEach((item, byHelp) -> {
            List<String> alsoIn = alsoIn(pricesOf.getOrDefault(item, List.of()), byHelp.values());
            regions(byHelp.getOrDefault(Help.GOODS, List.of()))
                    .forEach((region, there) -> asks.add(new Ask(
                            item,
                            region,
                            units(there),
                            firstDeadline(there),
                            communities(there),
                            worthOfNextUnit(there, equity, asOf),
                            alsoIn)));
            USES.forEach((help, use) -> regions(byHelp.getOrDefault(help, List.of()))
                    .forEach((region, there) ->
                            money.add(new Money(item, region, units(there), communities(there), use))));
        });
        Set<ItemId> asked = new HashSet<>();
        asks.forEach(ask -> asked.add(ask.item()));
        List<Stop> stops = left.stream()
                .filter(rest -> !asked.contains(rest.item()))
                .map(rest -> new Stop(
                        rest.item(), rest.quantity(), rest.stillToCome(), Optional.ofNullable(rest.firstExpiry())))
                .sorted(Comparator.comparingLong(Stop::quantity)
                        .reversed()
                        .thenComparing(stop -> stop.item().value()))
                .toList();
        asks.sort(Comparator.comparingLong(Ask::worth)
                .thenComparingLong(Ask::quantity)
                .reversed()
                .thenComparing(ask -> ask.item().value())
                .thenComparing(ask -> ask.prefecture().orElse("")));
        money.sort(Comparator.comparingInt(Money::communities)
                .reversed()
                .thenComparing(way -> way.item().value())
                .thenComparing(way -> way.prefecture().orElse(""))
                .thenComparing(Money::use));
        return new WantedList(asks, stops, money);
    }

    /** Where nothing of an item is lacking, but more would do at least half as much good as where it does most. */
    private static List<String> alsoIn(List<Price> prices, Collection<List<Lack>> lacks) {
        long most = prices.stream().mapToLong(Price::price).max().orElse(0);
        Set<String> lacking = new HashSet<>();
        lacks.forEach(there -> there.forEach(lack -> lacking.add(lack.prefecture())));
        return prices.stream()
                .filter(price -> price.price() > 0 && 2 * price.price() >= most)
                .filter(price -> price.communities() >= FEWEST_COMMUNITIES)
                .map(Price::prefecture)
                .filter(prefecture -> !lacking.contains(prefecture))
                .sorted()
                .toList();
    }

    /** More goods help against scarcity and spoiling; against distance only money does; against decisions nothing. */
    private static Help helpAgainst(Shortfall.Cause cause) {
        if (cause instanceof Shortfall.NothingLeft
                || cause instanceof Shortfall.OthersNeedItMore
                || cause instanceof Shortfall.ExpiresFirst) {
            return Help.GOODS;
        }
        if (cause instanceof Shortfall.TooFarForTheDeadline) {
            return Help.BUY_NEARBY;
        }
        if (cause instanceof Shortfall.HubFull) {
            return Help.PASS_ON;
        }
        return cause instanceof Shortfall.NotWorthTheDistance || cause instanceof Shortfall.ClosedOff
                ? Help.CARRY
                : Help.NONE;
    }

    /** By prefecture; prefectures with few communities are put together. */
    private static Map<Optional<String>, List<Lack>> regions(List<Lack> lacks) {
        Map<String, List<Lack>> byPrefecture = new TreeMap<>();
        lacks.forEach(lack -> byPrefecture
                .computeIfAbsent(lack.prefecture(), code -> new ArrayList<>())
                .add(lack));
        Map<Optional<String>, List<Lack>> regions = new HashMap<>();
        byPrefecture.forEach((code, there) -> regions.computeIfAbsent(
                        communities(there) < FEWEST_COMMUNITIES ? Optional.empty() : Optional.of(code),
                        region -> new ArrayList<>())
                .addAll(there));
        return regions;
    }

    private static long units(List<Lack> lacks) {
        return lacks.stream().mapToLong(Lack::unmet).sum();
    }

    private static int communities(List<Lack> lacks) {
        return (int) lacks.stream().mapToLong(Lack::community).distinct().count();
    }

    private static Optional<Instant> firstDeadline(List<Lack> lacks) {
        return lacks.stream()
                .flatMap(lack -> Optional.ofNullable(lack.neededBy()).stream())
                .min(Comparator.naturalOrder());
    }

    /** The price of the need that a new unit would serve first: an unmet need's price is the value of its next tier. */
    private static long worthOfNextUnit(List<Lack> lacks, double equity, Instant asOf) {
        return lacks.stream()
                .mapToLong(lack -> Policy.valueOfUnit(
                        lack.asked(), lack.asked() - lack.unmet(), lack.priority(), lack.neededBy(), equity, asOf))
                .max()
                .orElse(0);
    }
}
