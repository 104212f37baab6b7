package jp.musubi.matching.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.matching.Policy;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a policy: {@code {"version": 1, "equity": 8, "minimumShelfLifeHours": 0, "minimumShelfLifeHoursByItem":
 * {"bread": 12}, "substitutes": [{"item": "rice", "insteadOf": "bread"}], "substitutePenaltyKm": 50}}. What is missing is as in the standard policy;
 * what is unknown is refused, because nobody would notice that it does nothing.
 */
final class PolicyFile {

    private static final Set<String> KEYS = Set.of(
            "version",
            "equity",
            "minimumShelfLifeHours",
            "minimumShelfLifeHoursByItem",
            "substitutes",
            "substitutePenaltyKm");
    private static final Set<String> SUBSTITUTE_KEYS = Set.of("item", "insteadOf");
    private static final double MOST_HOURS = 24 * 36_525.0;

    private PolicyFile() {}

    /**
     * @throws WrongCall if it is no policy; the message says where
     */
    static Policy read(Path file) {
        JsonNode root;
        try {
            root = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(Files.readString(file));
        } catch (IOException e) {
            throw new WrongCall("The policy " + file + " cannot be read: " + PlanCommand.why(e));
        } catch (JacksonException e) {
            throw new WrongCall("The policy " + file + " is no JSON: " + e.getOriginalMessage());
        }
        try {
            return policy(root);
        } catch (IllegalArgumentException e) {
            throw new WrongCall("The policy " + file + " cannot be used. " + e.getMessage());
        }
    }

    private static Policy policy(JsonNode root) {
        refuseUnknown(root, "The policy", KEYS);
        JsonNode version = root.path("version");
        if (!version.isMissingNode() && !(version.isIntegralNumber() && version.asLong() == Policy.VERSION)) {
            throw new IllegalArgumentException(
                    "\"version\" is " + version + ", but this program knows " + Policy.VERSION + " only.");
        }
        Map<String, Duration> byItem = new HashMap<>();
        JsonNode items = root.path("minimumShelfLifeHoursByItem");
        if (!items.isMissingNode()) {
            requireObject(items, "\"minimumShelfLifeHoursByItem\"");
            for (Map.Entry<String, JsonNode> entry : items.properties()) {
                byItem.put(entry.getKey(), hours(entry.getValue(), "minimumShelfLifeHoursByItem." + entry.getKey()));
            }
        }
        JsonNode shelfLife = root.path("minimumShelfLifeHours");
        JsonNode equity = root.path("equity");
        return new Policy(
                equity.isMissingNode() ? Policy.DEFAULT_EQUITY : number(equity, "equity", 1, 100),
                shelfLife.isMissingNode() ? Duration.ZERO : hours(shelfLife, "minimumShelfLifeHours"),
                byItem,
                substitutions(root.path("substitutes")),
                penalty(root.path("substitutePenaltyKm")));
    }

    private static int penalty(JsonNode node) {
        if (node.isMissingNode()) {
            return 0;
        }
        double km = number(node, "substitutePenaltyKm", 0, Policy.LARGEST_PENALTY_KM);
        if (km != Math.rint(km)) {
            throw new IllegalArgumentException("\"substitutePenaltyKm\" is a whole number, but was " + node + ".");
        }
        return (int) km;
    }

    private static Set<Policy.Substitution> substitutions(JsonNode list) {
        Set<Policy.Substitution> substitutions = new HashSet<>();
        if (list.isMissingNode()) {
            return substitutions;
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("\"substitutes\" is a list, but was " + list + ".");
        }
        for (JsonNode entry : list) {
            refuseUnknown(entry, "A substitute", SUBSTITUTE_KEYS);
            JsonNode item = entry.path("item");
            JsonNode insteadOf = entry.path("insteadOf");
            if (!item.isString() || !insteadOf.isString()) {
                throw new IllegalArgumentException(
                        "A substitute is {\"item\": …, \"insteadOf\": …} with two texts, but was " + entry + ".");
            }
            substitutions.add(new Policy.Substitution(item.asString(), insteadOf.asString()));
        }
        return substitutions;
    }

    private static void refuseUnknown(JsonNode node, String what, Set<String> known) {
        requireObject(node, what);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!known.contains(entry.getKey())) {
                throw new IllegalArgumentException(what + " has no key \"" + entry.getKey() + "\". Maybe one of "
                        + String.join(", ", new TreeSet<>(known)) + "?");
            }
        }
    }

    private static void requireObject(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(what + " is an object in braces, but was " + node + ".");
        }
    }

    private static Duration hours(JsonNode node, String key) {
        return Duration.ofMillis(Math.round(number(node, key, 0, MOST_HOURS) * 3.6e6));
    }

    private static double number(JsonNode node, String key, double least, double most) {
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("\"" + key + "\" is a number from " + (long) least + " to " + (long) most
                    + ", but was " + node + ".");
        }
        return value;
    }
}
