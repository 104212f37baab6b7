package jp.musubi.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.common.SmallCounts;
import jp.musubi.common.SmallCounts.Count;

/**
 * What anybody may see: where help went, with small counts left out so that no figure speaks of one family.
 *
 * @param goods by group and unit
 * @param places the whole, then each prefecture followed by its municipalities
 * @param leftOut keys of what was left out, for the next release
 */
public record PublicFigures(List<GoodsLine> goods, List<PlaceLine> places, boolean derived, Set<String> leftOut) {

    public PublicFigures {
        goods = List.copyOf(goods);
        places = List.copyOf(places);
        leftOut = Set.copyOf(leftOut);
    }

    /** An empty number was left out because it is small or would give a small one back. */
    public record GoodsLine(
            ItemGroup group,
            String unit,
            OptionalLong given,
            OptionalLong sent,
            OptionalLong received,
            OptionalLong needed) {}

    /** How far a line of places reaches. */
    public enum Level {
        WHOLE,
        PREFECTURE,
        MUNICIPALITY
    }

    /**
     * What the communities of a place want.
     *
     * @param code empty for the whole, 2 digits for a prefecture, 5 for a municipality
     */
    public record PlaceLine(Level level, String code, OptionalLong met, OptionalLong lacking) {

        /** What was asked for in all; empty if a part of it was left out. */
        public OptionalLong asked() {
            return met.isPresent() && lacking.isPresent()
                    ? OptionalLong.of(met.getAsLong() + lacking.getAsLong())
                    : OptionalLong.empty();
        }

        /** The share of wants that are met, 0 to 1; empty where it would give a count back, or nothing is asked. */
        public OptionalDouble share() {
            OptionalLong asked = asked();
            return asked.isPresent() && asked.getAsLong() > 0
                    ? OptionalDouble.of((double) met.getAsLong() / asked.getAsLong())
                    : OptionalDouble.empty();
        }
    }

    /**
     * Publishes counts.
     *
     * @param before the release before, whose gaps stay gaps
     */
    public static PublicFigures publish(PublicCounts counts, Optional<PublicFigures> before, SmallCounts rule) {
        Set<String> leftOutBefore = before.map(PublicFigures::leftOut).orElse(Set.of());
        Set<String> leftOut = new HashSet<>();
        List<GoodsLine> goods = counts.goods().stream()
                .sorted(Comparator.comparing(PublicCounts.Goods::group).thenComparing(PublicCounts.Goods::unit))
                .map(line -> new GoodsLine(
                        line.group(),
                        line.unit(),
                        single(line, "given", line.given(), rule, leftOutBefore, leftOut),
                        single(line, "sent", line.sent(), rule, leftOutBefore, leftOut),
                        single(line, "received", line.received(), rule, leftOutBefore, leftOut),
                        single(line, "needed", line.needed(), rule, leftOutBefore, leftOut)))
                .toList();
        Map<String, OptionalLong> met =
                tree(counts.wants(), "met", PublicCounts.Wants::met, rule, leftOutBefore, leftOut);
        Map<String, OptionalLong> lacking =
                tree(counts.wants(), "lacking", PublicCounts.Wants::lacking, rule, leftOutBefore, leftOut);
        List<PlaceLine> places = new ArrayList<>();
        met.forEach((code, value) -> places.add(new PlaceLine(
                code.isEmpty() ? Level.WHOLE : code.length() == 2 ? Level.PREFECTURE : Level.MUNICIPALITY,
                code,
                value,
                lacking.getOrDefault(code, OptionalLong.empty()))));
        return new PublicFigures(goods, places, counts.derived(), leftOut);
    }

    private static OptionalLong single(
            PublicCounts.Goods line,
            String what,
            long value,
            SmallCounts rule,
            Set<String> leftOutBefore,
            Set<String> leftOut) {
        Count count = Count.leaf("goods." + line.group() + "." + line.unit() + "." + what, value);
        leftOut.addAll(rule.leftOut(count, leftOutBefore));
        return published(count, leftOut);
    }

    private static Map<String, OptionalLong> tree(
            List<PublicCounts.Wants> wants,
            String what,
            ToLongFunction<PublicCounts.Wants> value,
            SmallCounts rule,
            Set<String> leftOutBefore,
            Set<String> leftOut) {
        Map<String, Map<String, Long>> byPrefecture = new TreeMap<>();
        for (PublicCounts.Wants want : wants) {
            String code = want.municipality().toString();
            byPrefecture
                    .computeIfAbsent(code.substring(0, 2), prefecture -> new TreeMap<>())
                    .merge(code, value.applyAsLong(want), Long::sum);
        }
        List<Count> prefectures = new ArrayList<>();
        byPrefecture.forEach((prefecture, municipalities) -> {
            List<Count> leaves = new ArrayList<>();
            municipalities.forEach((code, number) -> leaves.add(Count.leaf(what + "." + code, number)));
            prefectures.add(Count.total(what + "." + prefecture, leaves));
        });
        Count whole = Count.total(what + ".", prefectures);
        leftOut.addAll(rule.leftOut(whole, leftOutBefore));
        Map<String, OptionalLong> result = new LinkedHashMap<>();
        collect(whole, what.length() + 1, leftOut, result);
        return result;
    }

    private static void collect(Count count, int prefix, Set<String> leftOut, Map<String, OptionalLong> into) {
        into.put(count.key().substring(prefix), published(count, leftOut));
        count.parts().forEach(part -> collect(part, prefix, leftOut, into));
    }

    private static OptionalLong published(Count count, Set<String> leftOut) {
        return leftOut.contains(count.key()) ? OptionalLong.empty() : OptionalLong.of(count.value());
    }
}
