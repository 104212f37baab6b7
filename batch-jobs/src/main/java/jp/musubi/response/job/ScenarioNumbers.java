package jp.musubi.response.job;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How the scenario splits, rounds and writes numbers and times. */
final class ScenarioNumbers {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private ScenarioNumbers() {}

    /** Splits {@code total} in proportion to the weights, at least 1 each, by largest remainders. */
    static int[] shares(List<Double> weights, int total) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        int spread = total - weights.size();
        int[] shares = new int[weights.size()];
        double[] rest = new double[weights.size()];
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            double exact = spread * weights.get(i) / sum;
            shares[i] = 1 + (int) exact;
            rest[i] = exact - (int) exact;
            given += shares[i];
        }
        List<Integer> byRest = new ArrayList<>();
        for (int i = 0; i < rest.length; i++) {
            byRest.add(i);
        }
        byRest.sort(Comparator.<Integer>comparingDouble(i -> -rest[i]).thenComparing(i -> i));
        for (int i = 0; i < total - given; i++) {
            shares[byRest.get(i % byRest.size())]++;
        }
        return shares;
    }

    /** People say round numbers: two digits that count. */
    static long round(double value) {
        double step = 1;
        while (value / step >= 100) {
            step *= 10;
        }
        return Math.round(Math.rint(value / step) * step);
    }

    static Instant between(Random random, Instant from, Instant to) {
        long minutes = Duration.between(from, to).toMinutes();
        return from.plus(Duration.ofMinutes((long) (random.nextDouble() * minutes)));
    }

    static String degrees(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    static String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.ofInstant(instant, TOKYO).withSecond(0).withNano(0));
    }
}
