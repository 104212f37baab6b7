package jp.musubi.matching.store;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy as JSON, in files, in the database and in the history: {@code {"version": 1, "equity": 8,
 * "minimumShelfLifeHours": 0, "minimumShelfLifeHoursByItem": {"bread": 12}, "substitutes": [{"item": "rice",
 * "insteadOf": "bread"}], "substitutePenaltyKm": 50, "communityEquity": 1, "municipalityEquity": 1, "protectedPeople":
 * 1, "hubDays": 0, "kilogramsPerHour": 250, "wholePacks": false, "leastShipmentKg": 0, "coldHours": 0}}. Substitutes may also be {@code "catalogue"}: what the catalogue
 * names. What is missing is as in {@link Policy#STANDARD}; what is unknown is refused, because nobody would notice that it
 * does nothing.
 *
 * <p>The same policy is always written as the same text.
 */
public final class PolicyJson {

    private static final String VERSION = "version";
    private static final String EQUITY = "equity";
    private static final String SHELF_LIFE = "minimumShelfLifeHours";
    private static final String SHELF_LIFE_BY_ITEM = "minimumShelfLifeHoursByItem";
    private static final String SUBSTITUTES = "substitutes";
    private static final String PENALTY = "substitutePenaltyKm";
    private static final String COMMUNITIES = "communityEquity";
    private static final String MUNICIPALITIES = "municipalityEquity";
    private static final String PROTECTED = "protectedPeople";
    private static final String HUB_DAYS = "hubDays";
    private static final String PER_HOUR = "kilogramsPerHour";
    private static final String WHOLE_PACKS = "wholePacks";
    private static final String LEAST_SHIPMENT = "leastShipmentKg";
    private static final String COLD_HOURS = "coldHours";
    private static final Set<String> KEYS = Set.of(
            VERSION,
            EQUITY,
            SHELF_LIFE,
            SHELF_LIFE_BY_ITEM,
            SUBSTITUTES,
            PENALTY,
            COMMUNITIES,
            MUNICIPALITIES,
            PROTECTED,
            HUB_DAYS,
            PER_HOUR,
            WHOLE_PACKS,
            LEAST_SHIPMENT,
            COLD_HOURS);
    private static final String ITEM = "item";
    private static final String INSTEAD_OF = "insteadOf";
    private static final Set<String> SUBSTITUTE_KEYS = Set.of(ITEM, INSTEAD_OF);
    private static final String CATALOGUE = "catalogue";

    /** A century: longer than anything keeps. */
    public static final int MOST_HOURS = 24 * 36_525;

    private static final double MILLIS_PER_HOUR = 3.6e6;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyJson() {}

    /**
     * @throws IllegalArgumentException if it is no policy; the message says what is wrong where, and what would be right
     */
    public static PolicyTerms read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("It is no JSON: " + e.getOriginalMessage(), e);
        }
        refuseUnknown(root, "The policy", KEYS);
        JsonNode version = root.path(VERSION);
        if (!version.isMissingNode() && !(version.isIntegralNumber() && version.asLong() == Policy.VERSION)) {
            throw new IllegalArgumentException(
                    "\"version\" is " + version + ", but this program knows " + Policy.VERSION + " only.");
        }
        Map<String, Duration> byItem = new HashMap<>();
        JsonNode items = root.path(SHELF_LIFE_BY_ITEM);
        if (!items.isMissingNode()) {
            requireObject(items, "\"" + SHELF_LIFE_BY_ITEM + "\"");
            for (Map.Entry<String, JsonNode> entry : items.properties()) {
                byItem.put(entry.getKey(), hours(entry.getValue(), SHELF_LIFE_BY_ITEM + "." + entry.getKey()));
            }
        }
        JsonNode shelfLife = root.path(SHELF_LIFE);
        JsonNode equity = root.path(EQUITY);
        JsonNode substitutes = root.path(SUBSTITUTES);
        boolean catalogue = substitutes.isString() && substitutes.asString().equals(CATALOGUE);
        return new PolicyTerms(
                new Policy(
                        equity.isMissingNode() ? Policy.DEFAULT_EQUITY : number(equity, EQUITY, 1, 100),
                        shelfLife.isMissingNode() ? Duration.ZERO : hours(shelfLife, SHELF_LIFE),
                        byItem,
                        catalogue ? Set.of() : substitutions(substitutes),
                        whole(root, PENALTY, Policy.LARGEST_PENALTY_KM),
                        new Fairness(
                                fromOne(root, COMMUNITIES, Fairness.MOST_EQUITY),
                                fromOne(root, MUNICIPALITIES, Fairness.MOST_EQUITY),
                                fromOne(root, PROTECTED, Fairness.MOST_PROTECTION)),
                        handling(root)),
                catalogue);
    }

    public static String write(PolicyTerms terms) {
        Policy policy = terms.values();
        ObjectNode root = MAPPER.createObjectNode();
        root.put(VERSION, Policy.VERSION);
        root.put(EQUITY, policy.equity());
        root.put(SHELF_LIFE, hours(policy.minimumShelfLife()));
        ObjectNode byItem = root.putObject(SHELF_LIFE_BY_ITEM);
        new TreeMap<>(policy.minimumShelfLifeByItem()).forEach((item, life) -> byItem.put(item, hours(life)));
        if (terms.catalogueSubstitutes()) {
            root.put(SUBSTITUTES, CATALOGUE);
        } else {
            ArrayNode list = root.putArray(SUBSTITUTES);
            for (Policy.Substitution each : sorted(policy.substitutions())) {
                list.addObject().put(ITEM, each.item()).put(INSTEAD_OF, each.insteadOf());
            }
        }
        root.put(PENALTY, policy.substitutePenaltyKm());
        root.put(COMMUNITIES, policy.fairness().communities());
        root.put(MUNICIPALITIES, policy.fairness().municipalities());
        root.put(PROTECTED, policy.fairness().protectedPeople());
        HandlingLimits limits = policy.limits();
        root.put(HUB_DAYS, limits.days());
        root.put(PER_HOUR, limits.kilogramsPerHour());
        root.put(WHOLE_PACKS, limits.wholePacks());
        root.put(LEAST_SHIPMENT, limits.leastShipmentKg());
        root.put(COLD_HOURS, limits.coldHours());
        return root.toString();
    }

    private static List<Policy.Substitution> sorted(Set<Policy.Substitution> substitutions) {
        return substitutions.stream()
                .sorted(Comparator.comparing(Policy.Substitution::item).thenComparing(Policy.Substitution::insteadOf))
                .toList();
    }

    private static HandlingLimits handling(JsonNode root) {
        JsonNode perHour = root.path(PER_HOUR);
        JsonNode wholePacks = root.path(WHOLE_PACKS);
        if (!wholePacks.isMissingNode() && !wholePacks.isBoolean()) {
            throw new IllegalArgumentException("\"" + WHOLE_PACKS + "\" is true or false, but was " + wholePacks + ".");
        }
        return new HandlingLimits(
                whole(root, HUB_DAYS, HandlingLimits.MOST_DAYS),
                perHour.isMissingNode()
                        ? HandlingLimits.USUAL_KILOGRAMS_PER_HOUR
                        : number(perHour, PER_HOUR, 1, HandlingLimits.MOST_KILOGRAMS_PER_HOUR),
                wholePacks.asBoolean(false),
                fromZero(root, LEAST_SHIPMENT, HandlingLimits.MOST_SHIPMENT_KG),
                fromZero(root, COLD_HOURS, HandlingLimits.MOST_COLD_HOURS));
    }

    private static double fromZero(JsonNode root, String key, double most) {
        JsonNode node = root.path(key);
        return node.isMissingNode() ? 0 : number(node, key, 0, most);
    }

    /** A weight that is 1 where nobody says otherwise. */
    private static double fromOne(JsonNode root, String key, double most) {
        JsonNode node = root.path(key);
        return node.isMissingNode() ? 1 : number(node, key, 1, most);
    }

    private static int whole(JsonNode root, String key, int most) {
        JsonNode node = root.path(key);
        if (node.isMissingNode()) {
            return 0;
        }
        double value = number(node, key, 0, most);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("\"" + key + "\" is a whole number, but was " + node + ".");
        }
        return (int) value;
    }

    private static Set<Policy.Substitution> substitutions(JsonNode list) {
        Set<Policy.Substitution> substitutions = new HashSet<>();
        if (list.isMissingNode()) {
            return substitutions;
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException(
                    "\"" + SUBSTITUTES + "\" is a list or \"" + CATALOGUE + "\", but was " + list + ".");
        }
        for (JsonNode entry : list) {
            refuseUnknown(entry, "A substitute", SUBSTITUTE_KEYS);
            JsonNode item = entry.path(ITEM);
            JsonNode insteadOf = entry.path(INSTEAD_OF);
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
        return Duration.ofMillis(Math.round(number(node, key, 0, MOST_HOURS) * MILLIS_PER_HOUR));
    }

    private static double hours(Duration life) {
        return life.toMillis() / MILLIS_PER_HOUR;
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
