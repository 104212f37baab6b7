package jp.musubi.place.geo;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.musubi.place.geo.Situation.Community;

/** Joins communities whose symbols would lie on each other into counted ones. Nothing is hidden under another. */
final class SymbolGroups {

    /** The least covered first; unknown after what lacks something; then the most people. */
    static final Comparator<Community> URGENT_FIRST = Comparator.<Community>comparingDouble(
                    community -> community.covered().orElse(0.949))
            .thenComparing(Comparator.<Community>comparingLong(
                            community -> community.people().orElse(0))
                    .reversed())
            .thenComparingLong(community -> community.id().value());

    /** Symbols may touch, but of the smaller one at most this share of its radius may be covered. */
    private static final double OVERLAP = 0.15;

    private static final double LARGEST = 12.5;

    private SymbolGroups() {}

    /**
     * @param together what starts as one symbol, such as a community's own id or its municipality
     */
    static List<Symbol> join(List<Community> shown, Sheet sheet, Function<Community, Object> together) {
        Map<Object, List<Community>> start = new LinkedHashMap<>();
        for (Community community : shown) {
            start.computeIfAbsent(together.apply(community), k -> new ArrayList<>())
                    .add(community);
        }
        List<Symbol> symbols = new ArrayList<>();
        for (List<Community> members : start.values()) {
            symbols.add(symbol(members, sheet));
        }
        while (true) {
            List<Symbol> joined = joinOnce(symbols, sheet);
            if (joined.size() == symbols.size()) {
                return joined;
            }
            symbols = joined;
        }
    }

    private static List<Symbol> joinOnce(List<Symbol> symbols, Sheet sheet) {
        List<Symbol> ordered = symbols.stream()
                .sorted(Comparator.<Symbol>comparingInt(
                                symbol -> -symbol.members().size())
                        .thenComparing(Symbol::worst, URGENT_FIRST))
                .toList();
        double cell = 2 * LARGEST;
        Map<Long, List<Integer>> anchorsByCell = new HashMap<>();
        List<List<Symbol>> anchors = new ArrayList<>();
        for (Symbol symbol : ordered) {
            long column = (long) Math.floor(symbol.at().getX() / cell);
            long row = (long) Math.floor(symbol.at().getY() / cell);
            int home = findAnchor(symbol, column, row, anchorsByCell, anchors);
            if (home < 0) {
                anchorsByCell
                        .computeIfAbsent(key(column, row), k -> new ArrayList<>())
                        .add(anchors.size());
                anchors.add(new ArrayList<>(List.of(symbol)));
            } else {
                anchors.get(home).add(symbol);
            }
        }
        return anchors.stream()
                .map(group -> group.size() == 1
                        ? group.get(0)
                        : symbol(
                                group.stream()
                                        .map(Symbol::members)
                                        .flatMap(Collection::stream)
                                        .toList(),
                                sheet))
                .toList();
    }

    private static int findAnchor(
            Symbol symbol, long column, long row, Map<Long, List<Integer>> byCell, List<List<Symbol>> anchors) {
        int nearest = -1;
        double nearestDistance = Double.POSITIVE_INFINITY;
        for (long x = column - 1; x <= column + 1; x++) {
            for (long y = row - 1; y <= row + 1; y++) {
                for (int index : byCell.getOrDefault(key(x, y), List.of())) {
                    Symbol anchor = anchors.get(index).get(0);
                    double distance = anchor.at().distance(symbol.at());
                    double apart =
                            anchor.radius() + symbol.radius() - OVERLAP * Math.min(anchor.radius(), symbol.radius());
                    if (distance < apart && distance < nearestDistance) {
                        nearest = index;
                        nearestDistance = distance;
                    }
                }
            }
        }
        return nearest;
    }

    private static long key(long column, long row) {
        return column * 1_000_003L + row;
    }

    private static Symbol symbol(List<Community> members, Sheet sheet) {
        double x = 0;
        double y = 0;
        for (Community member : members) {
            Point2D at = sheet.toPaper(member.at().orElseThrow());
            x += at.getX();
            y += at.getY();
        }
        Point2D middle = new Point2D.Double(x / members.size(), y / members.size());
        List<Community> sorted = members.stream().sorted(URGENT_FIRST).toList();
        return new Symbol(middle, radius(sorted), sorted);
    }

    /** Larger where less is covered, and where there are more. */
    private static double radius(List<Community> members) {
        if (members.size() > 1) {
            return Math.min(LARGEST, 6.6 + 2.2 * Math.log10(members.size()));
        }
        Community only = members.get(0);
        if (only.covered().isEmpty()) {
            return 3.6;
        }
        double covered = only.covered().getAsDouble();
        return covered < 0.2 ? 4.7 : covered < 0.5 ? 4.4 : covered < 0.8 ? 4.1 : covered < 0.95 ? 3.8 : 3.6;
    }
}
