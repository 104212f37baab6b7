package jp.musubi.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.musubi.common.SmallCounts.Count;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SmallCountsTest {

    private static final SmallCounts RULE = SmallCounts.STANDARD;

    @Test
    void publishesWhatIsNotSmall() {
        Count table = Count.total("all", List.of(Count.leaf("a", 5), Count.leaf("b", 0), Count.leaf("c", 900)));

        assertThat(RULE.leftOut(table, Set.of())).isEmpty();
    }

    @Test
    void leavesOutASecondCountSoThatTheTotalDoesNotGiveTheFirstBack() {
        Count table = Count.total("all", List.of(Count.leaf("a", 3), Count.leaf("b", 20), Count.leaf("c", 900)));

        assertThat(RULE.leftOut(table, Set.of())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void twoOnesThatAddUpToTwoAreNotEnough() {
        Count table = Count.total(
                "all", List.of(Count.leaf("a", 1), Count.leaf("b", 1), Count.leaf("c", 30), Count.leaf("d", 40)));

        assertThat(RULE.leftOut(table, Set.of())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aTotalOfOneSmallPartIsLeftOutAsWellAndProtectedByItsNeighbour() {
        Count table = Count.total(
                "all",
                List.of(
                        Count.total("iwate", List.of(Count.leaf("otsuchi", 2))),
                        Count.total("miyagi", List.of(Count.leaf("watari", 70), Count.leaf("tome", 50)))));

        Set<String> out = RULE.leftOut(table, Set.of());

        assertThat(out).contains("otsuchi", "iwate", "miyagi");
        assertThat(out).as("else Miyagi is the sum of its parts").containsAnyOf("watari", "tome");
        assertThat(out).doesNotContain("all");
    }

    @Test
    void whatWasLeftOutBeforeStaysOut() {
        Count before = Count.total("all", List.of(Count.leaf("a", 3), Count.leaf("b", 20), Count.leaf("c", 900)));
        Count after = Count.total("all", List.of(Count.leaf("a", 6), Count.leaf("b", 20), Count.leaf("c", 900)));

        assertThat(RULE.leftOut(after, RULE.leftOut(before, Set.of()))).contains("a", "b");
        assertThat(RULE.leftOut(after, Set.of())).isEmpty();
    }

    @Test
    void refusesATotalThatIsNotTheSum() {
        assertThatThrownBy(() -> new Count("all", 5, List.of(Count.leaf("a", 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all");
    }

    @Property(tries = 400)
    void nobodyCanNarrowASmallCountDown(@ForAll("tables") Count table) {
        Set<String> out = RULE.leftOut(table, Set.of());
        Map<String, Set<Long>> possible = possibleValues(table, out);

        for (Count count : flat(table)) {
            if (RULE.isSmall(count.value())) {
                assertThat(out).contains(count.key());
                assertThat(possible.get(count.key()))
                        .as("values that fit " + count + " when " + out + " are left out")
                        .hasSizeGreaterThan((int) RULE.limit());
            }
        }
    }

    @Property(tries = 400)
    void keepsTheRangesThatSomebodyCanWorkOut(@ForAll("tables") Count table) {
        Set<String> out = RULE.leftOut(table, Set.of());
        Map<String, Set<Long>> possible = possibleValues(table, out);

        SmallCounts.ranges(table, out).forEach((key, range) -> {
            Set<Long> values = possible.getOrDefault(key, Set.of());
            assertThat(values).isNotEmpty();
            if (range.most() <= MOST) {
                TreeSet<Long> sorted = new TreeSet<>(values);
                assertThat(List.of(sorted.first(), sorted.last()))
                        .as(key + " in " + table + " without " + out)
                        .isEqualTo(List.of(range.least(), range.most()));
            }
        });
    }

    @Property(tries = 400)
    void leavesOutNoZeroAndNothingWithoutNeed(@ForAll("tables") Count table) {
        Set<String> out = RULE.leftOut(table, Set.of());

        assertThat(flat(table))
                .filteredOn(count -> count.value() == 0)
                .allSatisfy(count -> assertThat(out).doesNotContain(count.key()));
        if (flat(table).stream().noneMatch(count -> RULE.isSmall(count.value()))) {
            assertThat(out).isEmpty();
        }
    }

    /** More than any leaf here, so that a count without an upper bound shows more values than it must. */
    private static final long MOST = 14;

    @Provide
    Arbitrary<Count> tables() {
        Arbitrary<Long> value = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.just(0L)),
                net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(1, 4)),
                net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(5, 9)));
        return value.list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(groups -> {
                    List<Count> parts = new ArrayList<>();
                    for (int g = 0; g < groups.size(); g++) {
                        List<Count> leaves = new ArrayList<>();
                        for (int l = 0; l < groups.get(g).size(); l++) {
                            leaves.add(Count.leaf("leaf" + g + l, groups.get(g).get(l)));
                        }
                        parts.add(Count.total("group" + g, leaves));
                    }
                    return Count.total("all", parts);
                });
    }

    /** Tries every table that looks the same from outside: the slow way, without the rule's own reasoning. */
    private static Map<String, Set<Long>> possibleValues(Count table, Set<String> out) {
        List<Count> leaves =
                flat(table).stream().filter(count -> count.parts().isEmpty()).toList();
        Map<String, Set<Long>> possible = new HashMap<>();
        tryAll(table, leaves, 0, new HashMap<>(), out, possible);
        return possible;
    }

    private static void tryAll(
            Count table,
            List<Count> leaves,
            int next,
            Map<String, Long> guess,
            Set<String> out,
            Map<String, Set<Long>> possible) {
        if (next == leaves.size()) {
            Map<String, Long> values = new HashMap<>();
            if (fits(table, guess, out, values)) {
                values.forEach((key, value) ->
                        possible.computeIfAbsent(key, k -> new HashSet<>()).add(value));
            }
            return;
        }
        Count leaf = leaves.get(next);
        if (!out.contains(leaf.key())) {
            guess.put(leaf.key(), leaf.value());
            tryAll(table, leaves, next + 1, guess, out, possible);
            return;
        }
        for (long value = 1; value <= 2 * MOST; value++) {
            guess.put(leaf.key(), value);
            tryAll(table, leaves, next + 1, guess, out, possible);
        }
    }

    private static boolean fits(Count count, Map<String, Long> guess, Set<String> out, Map<String, Long> values) {
        long value = 0;
        if (count.parts().isEmpty()) {
            value = guess.getOrDefault(count.key(), 0L);
        }
        for (Count part : count.parts()) {
            if (!fits(part, guess, out, values)) {
                return false;
            }
            value += values.getOrDefault(part.key(), 0L);
        }
        values.put(count.key(), value);
        return out.contains(count.key()) ? value >= 1 : value == count.value();
    }

    private static List<Count> flat(Count count) {
        List<Count> all = new ArrayList<>();
        all.add(count);
        count.parts().forEach(part -> all.addAll(flat(part)));
        return all;
    }
}
