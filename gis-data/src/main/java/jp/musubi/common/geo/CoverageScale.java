package jp.musubi.common.geo;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.json.simple.parser.JSONParser;
import org.json.simple.parser.ParseException;

/** The one scale for how much of a need is covered. Screens read the same file. */
public final class CoverageScale {

    private static final CoverageScale SHIPPED = read("coverage-scale.json");

    private final List<Step> steps;
    private final Step unknown;

    private CoverageScale(List<Step> steps, Step unknown) {
        this.steps = List.copyOf(steps);
        this.unknown = unknown;
    }

    /**
     * One class of the scale.
     *
     * @param key its name in styles and layers
     * @param below upper border as a share, not included; above 1 for the last class and NaN for the unknown
     * @param ink colour of text on {@code fill}
     */
    public record Step(String key, double below, Color fill, Color ink) {}

    public static CoverageScale shipped() {
        return SHIPPED;
    }

    /** The classes from least to most covered, without the unknown. */
    public List<Step> steps() {
        return steps;
    }

    public Step unknown() {
        return unknown;
    }

    /** The class of a covered share (1 = all); empty is unknown. */
    public Step of(OptionalDouble share) {
        if (share.isEmpty()) {
            return unknown;
        }
        return steps.stream()
                .filter(step -> share.getAsDouble() < step.below())
                .findFirst()
                .orElse(steps.get(steps.size() - 1));
    }

    private static CoverageScale read(String name) {
        try (InputStream in = Objects.requireNonNull(CoverageScale.class.getResourceAsStream(name), name)) {
            Map<?, ?> file = (Map<?, ?>) new JSONParser().parse(new InputStreamReader(in, StandardCharsets.UTF_8));
            List<Step> steps = new ArrayList<>();
            for (Object step : (List<?>) get(file, "classes")) {
                steps.add(step((Map<?, ?>) step, Double.POSITIVE_INFINITY));
            }
            return new CoverageScale(steps, step((Map<?, ?>) get(file, "unknown"), Double.NaN));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (ParseException e) {
            throw new IllegalStateException(name + " is not JSON", e);
        }
    }

    private static Step step(Map<?, ?> step, double openEnd) {
        Object below = step.get("below");
        return new Step(
                get(step, "key").toString(),
                below == null ? openEnd : ((Number) below).doubleValue(),
                Color.decode(get(step, "fill").toString()),
                Color.decode(get(step, "ink").toString()));
    }

    private static Object get(Map<?, ?> object, String key) {
        return Objects.requireNonNull(object.get(key), key);
    }
}
