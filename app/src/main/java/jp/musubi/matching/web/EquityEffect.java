package jp.musubi.matching.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanComparison;
import jp.musubi.matching.PlanComparison.LineChange;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.web.CoverageReading;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/**
 * What another equity would change: two plans of the same stock, needs and wishes, so that nothing but equity differs.
 *
 * @param asOf real time at which stock and needs were read
 * @param planNumber the newest kept plan, whose equity is compared with; empty if there is none and the standard counts
 * @param communities every community with needs, with its covered share after either plan, as the map reads it
 * @param flows ways that carry more or less than before, those with the largest change first
 */
record EquityEffect(
        double before,
        double after,
        Instant asOf,
        OptionalInt planNumber,
        PlanFigures figuresBefore,
        PlanFigures figuresAfter,
        List<CommunityEffect> communities,
        List<FlowEffect> flows) {

    /** More would cover the map and say nothing. */
    private static final int MOST_FLOWS = 400;

    /** Covered shares, 0 to 1. */
    record CommunityEffect(long community, double before, double after) {
        double gain() {
            return after - before;
        }
    }

    /** So many more lines (fewer if negative) from a place with stock to a community. */
    record FlowEffect(Position from, long community, int lines) {}

    EquityEffect {
        communities = List.copyOf(communities);
        flows = List.copyOf(flows);
    }

    static EquityEffect between(
            PlanningProblem problem,
            double equityBefore,
            Plan before,
            double equityAfter,
            Plan after,
            List<CommunityNeeds> needs,
            Instant asOf,
            OptionalInt planNumber) {
        Map<String, Long> servedBefore = served(before);
        Map<String, Long> servedAfter = served(after);
        List<CommunityEffect> communities = new ArrayList<>();
        for (CommunityNeeds each : needs) {
            @Nullable
            Double shareBefore = CoverageReading.of(each, CoverageReading.Filter.NONE, problem.now(), servedBefore)
                    .share();
            @Nullable
            Double shareAfter = CoverageReading.of(each, CoverageReading.Filter.NONE, problem.now(), servedAfter)
                    .share();
            if (shareBefore != null && shareAfter != null) {
                communities.add(new CommunityEffect(each.community().value(), shareBefore, shareAfter));
            }
        }
        return new EquityEffect(
                equityBefore,
                equityAfter,
                asOf,
                planNumber,
                before.figures(),
                after.figures(),
                communities,
                flows(problem, PlanComparison.between(before, after)));
    }

    private static Map<String, Long> served(Plan plan) {
        Map<String, Long> served = new HashMap<>();
        for (PlanLine line : plan.lines()) {
            served.merge(line.need().value(), line.quantity(), Long::sum);
        }
        return served;
    }

    private static List<FlowEffect> flows(PlanningProblem problem, PlanComparison comparison) {
        record Way(Position from, CommunityKey to) {}
        Map<LotKey, Position> from = new HashMap<>();
        for (AvailableLot lot : problem.lots()) {
            from.put(lot.key(), lot.position());
        }
        Map<NeedKey, CommunityKey> to = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            to.put(need.key(), need.community());
        }
        Map<Way, Integer> ways = new HashMap<>();
        for (LineChange change : comparison.lines()) {
            @Nullable Position start = from.get(change.lot());
            @Nullable CommunityKey end = to.get(change.need());
            if (start != null && end != null) {
                ways.merge(new Way(start, end), change.after() > change.before() ? 1 : -1, Integer::sum);
            }
        }
        return ways.entrySet().stream()
                .filter(way -> way.getValue() != 0)
                .sorted(Comparator.comparingInt((Map.Entry<Way, Integer> way) -> -Math.abs(way.getValue()))
                        .thenComparing(way -> way.getKey().to())
                        .thenComparing(way -> way.getKey().from().latitude())
                        .thenComparing(way -> way.getKey().from().longitude()))
                .limit(MOST_FLOWS)
                .map(way -> new FlowEffect(
                        way.getKey().from(), Long.parseLong(way.getKey().to().value()), way.getValue()))
                .toList();
    }
}
