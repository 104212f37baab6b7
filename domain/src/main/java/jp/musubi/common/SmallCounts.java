package jp.musubi.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which counts of a published table are left out, so that nobody learns a small one: neither from its own cell, nor by
 * subtracting the others from a total, nor from two releases in a row.
 *
 * <p>The table is a tree of counts: a total is the sum of its parts. Every count from 1 to {@link #limit} is left out
 * (primary). As long as somebody who knows all published counts, the sums and this rule could narrow one of these down
 * to fewer than {@code limit + 1} values, the smallest neighbour is left out too (secondary). Zero is always published.
 */
public record SmallCounts(long limit) {

    /** 1 to 4 are small. */
    public static final SmallCounts STANDARD = new SmallCounts(4);

    private static final long UNKNOWN = Long.MAX_VALUE / 4;

    public SmallCounts {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("A small count is at most 1 to 1000, but the limit was " + limit + ".");
        }
    }

    /**
     * A count and its parts.
     *
     * @param key unlike all others of the tree
     * @param value of a leaf; a total's is the sum of its parts
     */
    public record Count(String key, long value, List<Count> parts) {

        public Count {
            parts = List.copyOf(parts);
            long sum = parts.stream().mapToLong(Count::value).sum();
            if (value < 0 || (!parts.isEmpty() && sum != value)) {
                throw new IllegalArgumentException(
                        "The count " + key + " is " + value + ", but its parts add up to " + sum + ".");
            }
        }

        public static Count leaf(String key, long value) {
            return new Count(key, value, List.of());
        }

        public static Count total(String key, List<Count> parts) {
            return new Count(key, parts.stream().mapToLong(Count::value).sum(), parts);
        }
    }

    /** What somebody can work out about one count. */
    record Range(long least, long most) {

        boolean isWiderThan(long width) {
            return most - least >= width;
        }
    }

    public boolean isSmall(long count) {
        return count >= 1 && count <= limit;
    }

    /**
     * The keys of the counts to leave out.
     *
     * @param leftOutBefore keys that the release before left out: they stay out, so that the difference of two releases
     *     gives nothing back; unknown keys do not matter
     */
    public Set<String> leftOut(Count total, Set<String> leftOutBefore) {
        Map<String, Count> parents = new HashMap<>();
        List<Count> all = new ArrayList<>();
        collect(total, Optional.empty(), parents, all);
        Set<String> out = new HashSet<>();
        for (Count count : all) {
            if (isSmall(count.value()) || (count.value() > 0 && leftOutBefore.contains(count.key()))) {
                out.add(count.key());
            }
        }
        Optional<Count> exposed = exposed(total, all, out);
        while (exposed.isPresent()) {
            out.add(next(exposed.get(), parents, all, out).key());
            exposed = exposed(total, all, out);
        }
        return Set.copyOf(out);
    }

    private Optional<Count> exposed(Count total, List<Count> all, Set<String> out) {
        Map<String, Range> ranges = ranges(total, out);
        return all.stream()
                .filter(count -> isSmall(count.value()))
                .filter(count -> {
                    Range range = ranges.get(count.key());
                    return range == null || !range.isWiderThan(limit);
                })
                .findFirst();
    }

    /** The published count nearest to an exposed one: a neighbour, else the total above, else a part of a neighbour. */
    private static Count next(Count exposed, Map<String, Count> parents, List<Count> all, Set<String> out) {
        Comparator<Count> smallest = Comparator.comparingLong(Count::value).thenComparing(Count::key);
        Count at = exposed;
        while (true) {
            Count parent = parents.get(at.key());
            if (parent == null) {
                break;
            }
            Optional<Count> neighbour = parent.parts().stream()
                    .filter(count -> isPublished(count, out))
                    .min(smallest);
            if (neighbour.isPresent()) {
                return neighbour.get();
            }
            Optional<Count> below = parent.parts().stream()
                    .flatMap(part -> part.parts().stream())
                    .filter(count -> isPublished(count, out))
                    .min(smallest);
            if (below.isPresent()) {
                return below.get();
            }
            if (isPublished(parent, out)) {
                return parent;
            }
            at = parent;
        }
        return all.stream()
                .filter(count -> isPublished(count, out))
                .min(smallest)
                .orElseThrow(() -> new IllegalStateException("Everything is left out and still exposed."));
    }

    private static boolean isPublished(Count count, Set<String> out) {
        return count.value() > 0 && !out.contains(count.key());
    }

    private static void collect(Count count, Optional<Count> parent, Map<String, Count> parents, List<Count> all) {
        all.add(count);
        if (parent.isPresent() && parents.put(count.key(), parent.get()) != null) {
            throw new IllegalArgumentException("The count " + count.key() + " is there twice.");
        }
        count.parts().forEach(part -> collect(part, Optional.of(count), parents, all));
    }

    /**
     * What somebody can work out about every count who knows the published ones, the sums, and that no count left out is
     * zero. In a tree of sums two passes are exact: up with what the parts allow, down with what the total leaves.
     */
    static Map<String, Range> ranges(Count total, Set<String> out) {
        Map<String, Range> up = new HashMap<>();
        fromParts(total, out, up);
        Map<String, Range> ranges = new HashMap<>();
        fromTotal(total, up.getOrDefault(total.key(), new Range(0, UNKNOWN)), up, ranges);
        return ranges;
    }

    private static Range fromParts(Count count, Set<String> out, Map<String, Range> up) {
        long least = 0;
        long most = 0;
        for (Count part : count.parts()) {
            Range range = fromParts(part, out, up);
            least += range.least();
            most = Math.min(UNKNOWN, most + range.most());
        }
        Range range;
        if (!out.contains(count.key())) {
            range = new Range(count.value(), count.value());
        } else if (count.parts().isEmpty()) {
            range = new Range(1, UNKNOWN);
        } else {
            range = new Range(Math.max(1, least), most);
        }
        up.put(count.key(), range);
        return range;
    }

    private static void fromTotal(Count count, Range known, Map<String, Range> up, Map<String, Range> ranges) {
        ranges.put(count.key(), known);
        long least = 0;
        long most = 0;
        for (Count part : count.parts()) {
            Range range = up.getOrDefault(part.key(), known);
            least += range.least();
            most = Math.min(UNKNOWN, most + range.most());
        }
        for (Count part : count.parts()) {
            Range own = up.getOrDefault(part.key(), known);
            long othersLeast = least - own.least();
            boolean othersOpen = most >= UNKNOWN && (own.most() < UNKNOWN || openParts(count, up) > 1);
            long partLeast = othersOpen
                    ? own.least()
                    : Math.max(
                            own.least(),
                            known.least() - (most >= UNKNOWN ? mostOfOthers(count, part, up) : most - own.most()));
            long partMost = known.most() >= UNKNOWN ? own.most() : Math.min(own.most(), known.most() - othersLeast);
            fromTotal(part, new Range(partLeast, partMost), up, ranges);
        }
    }

    private static long openParts(Count count, Map<String, Range> up) {
        return count.parts().stream()
                .filter(part -> up.getOrDefault(part.key(), new Range(0, 0)).most() >= UNKNOWN)
                .count();
    }

    private static long mostOfOthers(Count count, Count part, Map<String, Range> up) {
        return count.parts().stream()
                .filter(other -> !other.key().equals(part.key()))
                .mapToLong(
                        other -> up.getOrDefault(other.key(), new Range(0, 0)).most())
                .sum();
    }
}
