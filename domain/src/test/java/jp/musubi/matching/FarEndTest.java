package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import jp.musubi.place.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FarEndTest {

    private static final Position HERE = new Position(39, 141);

    private static List<PlanLine> planned(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem))
                .plan()
                .lines();
    }

    private static FarEnd farEnd(PlanningProblem problem, Map<CommunityKey, Sharing.People> people) {
        return FarEnd.of(problem, planned(problem), people, 1, PlanProgress.UNWATCHED);
    }

    private static OpenNeed need(String key, String community, String item, long quantity) {
        return new OpenNeed(new NeedKey(key), new CommunityKey(community), item, "piece", quantity, 2, HERE, null);
    }

    private static AvailableLot lot(String item, long quantity) {
        return new AvailableLot(new LotKey("l-" + item), item, "piece", quantity, HERE, null, null);
    }

    /** With one need in each community, what the far end means for needs it means for communities. */
    @Property(tries = 300)
    void nobodyIsServedWorseAtTheFarEndBeforeSomebodyIsServedBetter(@ForAll long seed) {
        Random random = new Random(seed);
        PlanningProblem random1 = RandomProblems.problem(random, 1 + random.nextInt(12), 1 + random.nextInt(10), 1);
        List<OpenNeed> needs = random1.needs().stream()
                .map(need -> new OpenNeed(
                        need.key(),
                        new CommunityKey(need.key().value()),
                        need.item(),
                        need.unit(),
                        need.quantity(),
                        need.priority(),
                        need.position(),
                        need.neededBy()))
                .toList();
        PlanningProblem problem = PlanningProblem.of(random1.now(), random1.lots(), needs, random1.policy());

        FarEnd farEnd = farEnd(problem, Map.of());

        assertThat(farEnd.communities()).hasSameSizeAs(needs);
        assertThat(Arrays.compare(
                        sorted(farEnd, FarEnd.Community::levelled), sorted(farEnd, FarEnd.Community::planned)))
                .isNotNegative();
        Map<NeedKey, Long> served = WhatIf.served(planned(problem));
        for (OpenNeed need : needs) {
            assertThat(farEnd.communities())
                    .filteredOn(community -> community.key().equals(need.community()))
                    .singleElement()
                    .satisfies(community -> assertThat(community.planned())
                            .isCloseTo((double) served.getOrDefault(need.key(), 0L) / need.quantity(), within(1e-9)));
        }
    }

    /** Rounded, because two ways to write one share must compare as equal. */
    private static long[] sorted(FarEnd farEnd, ToDoubleFunction<FarEnd.Community> share) {
        return farEnd.communities().stream()
                .mapToDouble(share)
                .mapToLong(value -> Math.round(1e9 * value))
                .sorted()
                .toArray();
    }

    @Test
    void countsAPersonsShareOfAnItemOnce() {
        PlanningProblem problem = PlanningProblem.of(
                RandomProblems.NOW,
                List.of(lot("water", 100)),
                List.of(need("w", "a", "water", 100), need("b", "a", "blanket", 10)),
                Policy.STANDARD);
        Map<CommunityKey, Sharing.People> ten = Map.of(new CommunityKey("a"), new Sharing.People(10, "03211"));

        assertThat(farEnd(problem, ten).communities())
                .containsExactly(new FarEnd.Community(new CommunityKey("a"), 10, 0.5, 0.5));
        assertThat(farEnd(problem, Map.of()).communities())
                .as("uncounted, each unit counts")
                .containsExactly(new FarEnd.Community(new CommunityKey("a"), -1, 100.0 / 110, 100.0 / 110));
    }

    @Test
    void weighsCommunitiesOfAMunicipalityByTheirPeople() {
        FarEnd farEnd = new FarEnd(List.of(
                new FarEnd.Community(new CommunityKey("a"), 10, 0.1, 0.4),
                new FarEnd.Community(new CommunityKey("b"), 30, 0.5, 0.4),
                new FarEnd.Community(new CommunityKey("c"), 7, 0.2, 0.4),
                new FarEnd.Community(new CommunityKey("uncounted"), -1, 0, 0)));
        Map<CommunityKey, Sharing.People> people = Map.of(
                new CommunityKey("a"), new Sharing.People(10, "03211"),
                new CommunityKey("b"), new Sharing.People(30, "03211"),
                new CommunityKey("c"), new Sharing.People(7, "03202"));

        List<FarEnd.Municipality> municipalities = farEnd.listMunicipalities(people);

        assertThat(municipalities).extracting(FarEnd.Municipality::name).containsExactly("03202", "03211");
        assertThat(municipalities.get(1)).satisfies(both -> {
            assertThat(both.communities()).isEqualTo(2);
            assertThat(both.people()).isEqualTo(40);
            assertThat(both.planned()).isCloseTo(0.4, within(1e-9));
            assertThat(both.levelled()).isCloseTo(0.4, within(1e-9));
        });
    }

    @Test
    void hasNoFarEndWhereWishesContradictEachOther() {
        PlanningProblem problem = PlanningProblem.of(
                        RandomProblems.NOW,
                        List.of(lot("water", 5)),
                        List.of(need("w", "a", "water", 10)),
                        Policy.STANDARD)
                .withConstraints(new PlanConstraints(
                        List.of(new PlanConstraints.Lock(new LotKey("l-water"), new NeedKey("w"), 6)), List.of()));
        assertThatThrownBy(() -> FarEnd.of(problem, List.of(), Map.of(), 1, PlanProgress.UNWATCHED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be");
    }
}
