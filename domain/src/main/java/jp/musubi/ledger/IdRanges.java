package jp.musubi.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A set of ids as ranges without overlap, in ascending order; written {@code 1-1000,1003,1005-1010}.
 *
 * @param ranges none touches the next
 */
public record IdRanges(List<Range> ranges) {

    /** All ids from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        public Range {
            if (first > last) {
                throw new IllegalArgumentException("A range ends at or after its begin: " + first + "-" + last + ".");
            }
        }
    }

    public IdRanges {
        ranges = List.copyOf(ranges);
    }

    /** The set of these ids. */
    public static IdRanges of(long... ids) {
        long[] sorted = LongStream.of(ids).sorted().distinct().toArray();
        List<Range> ranges = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[i - 1] + 1) {
                ranges.add(new Range(sorted[begin], sorted[i - 1]));
                begin = i;
            }
        }
        return new IdRanges(sorted.length == 0 ? List.of() : ranges);
    }

    /**
     * @throws IllegalArgumentException if the text does not have the written form
     */
    public static IdRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : Arrays.asList(text.split(",", -1))) {
            String[] ends = part.split("-", -1);
            ranges.add(new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])));
        }
        return new IdRanges(ranges);
    }

    /** Both sets together. */
    public IdRanges plus(IdRanges other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        all.sort((a, b) -> Long.compare(a.first(), b.first()));
        List<Range> merged = new ArrayList<>();
        for (Range range : all) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.first() <= last.last() + 1) {
                merged.set(merged.size() - 1, new Range(last.first(), Math.max(last.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new IdRanges(merged);
    }

    /** What lies between the ranges, and everything before the first from 1 on. */
    public List<Range> gaps() {
        List<Range> gaps = new ArrayList<>();
        long next = 1;
        for (Range range : ranges) {
            if (range.first() > next) {
                gaps.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        return gaps;
    }

    /** The largest id; 0 if there is none. */
    public long last() {
        return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).last();
    }

    public long size() {
        return ranges.stream()
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
    }

    public boolean contains(long id) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (id < range.first()) {
                high = middle - 1;
            } else if (id > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return ranges.stream()
                .map(range -> range.first() == range.last()
                        ? String.valueOf(range.first())
                        : range.first() + "-" + range.last())
                .collect(Collectors.joining(","));
    }
}
