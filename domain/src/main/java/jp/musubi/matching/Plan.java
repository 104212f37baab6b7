package jp.musubi.matching;

import java.util.List;

/**
 * Which lot goes where.
 *
 * @param lines sorted by lot, then need; at most one for each pair
 */
public record Plan(List<PlanLine> lines, PlanFigures figures, Prices prices) {
    public Plan {
        lines = List.copyOf(lines);
    }
}
