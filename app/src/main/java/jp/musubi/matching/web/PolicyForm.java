package jp.musubi.matching.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jp.musubi.common.BilingualText;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.store.PolicyJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of a policy's next version: from a version to fields and back, with every error at once. Values that have no
 * field stay as they were.
 */
final class PolicyForm {

    /** So many items can have a shelf life of their own. */
    static final int ITEMS = 12;

    private static final int EMPTY_ROWS = 3;

    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PolicyForm() {}

    static SentForm of(PolicyVersion version) {
        PolicyTerms terms = version.terms();
        Policy policy = terms.values();
        SentForm form = SentForm.with(Map.of());
        form.set("nameJa", version.name().ja());
        form.set("nameEn", version.name().en());
        form.set("equity", plain(policy.equity()));
        form.set("communities", plain(policy.fairness().communities()));
        form.set("municipalities", plain(policy.fairness().municipalities()));
        form.set("protectedPeople", plain(policy.fairness().protectedPeople()));
        form.set("hubDays", Integer.toString(policy.limits().days()));
        form.set("kilogramsPerHour", plain(policy.limits().kilogramsPerHour()));
        form.set("wholePacks", Boolean.toString(policy.limits().wholePacks()));
        form.set("leastShipmentKg", plain(policy.limits().leastShipmentKg()));
        form.set("coldHours", plain(policy.limits().coldHours()));
        form.set("shelfLife", plain(policy.minimumShelfLife().toMillis() / 3.6e6));
        form.set("substitutes", terms.catalogueSubstitutes() ? "catalogue" : "none");
        form.set("substituteKm", Integer.toString(terms.substituteKm().orElse(Policy.DEFAULT_PENALTY_KM)));
        form.set("version", Integer.toString(version.version()));
        int row = 1;
        for (Map.Entry<String, Duration> item : new TreeMap<>(policy.minimumShelfLifeByItem()).entrySet()) {
            form.set("item" + row, item.getKey());
            form.set("hours" + row, plain(item.getValue().toMillis() / 3.6e6));
            row++;
        }
        return form;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Who decides what about which policy. */
    record Setting(
            String key,
            PolicyVersion before,
            int version,
            ZoneId zone,
            Instant now,
            Instant realNow,
            Optional<PersonId> by,
            Set<String> items) {}

    /**
     * Reads a form.
     *
     * @return empty if the form has errors
     */
    static Optional<PolicyVersion> read(SentForm form, Setting setting) {
        String nameJa = form.required("nameJa", PolicyVersion.LONGEST_NAME);
        String nameEn = form.required("nameEn", PolicyVersion.LONGEST_NAME);
        String reason = form.required("reason", PolicyVersion.LONGEST_REASON);
        PolicyTerms terms = terms(form, setting);
        Instant validFrom = validFrom(form, setting);
        if (!form.isValid() || terms == null) {
            return Optional.empty();
        }
        return Optional.of(new PolicyVersion(
                setting.key(),
                BilingualText.of(nameJa, nameEn),
                setting.version(),
                validFrom,
                setting.by(),
                setting.realNow(),
                reason,
                terms));
    }

    /** The terms go through the one reader of policies, so that a form can say nothing that a file cannot. */
    private static @Nullable PolicyTerms terms(SentForm form, Setting setting) {
        ObjectNode json =
                (ObjectNode) MAPPER.readTree(PolicyJson.write(setting.before().terms()));
        json.put("equity", form.number("equity", 1, 100));
        json.put("communityEquity", form.number("communities", 1, Fairness.MOST_EQUITY));
        json.put("municipalityEquity", form.number("municipalities", 1, Fairness.MOST_EQUITY));
        json.put("protectedPeople", form.number("protectedPeople", 1, Fairness.MOST_PROTECTION));
        json.put("hubDays", whole(form, "hubDays", HandlingLimits.MOST_DAYS));
        json.put("kilogramsPerHour", form.number("kilogramsPerHour", 1, HandlingLimits.MOST_KILOGRAMS_PER_HOUR));
        json.put(
                "wholePacks",
                form.oneOf("wholePacks", Set.of("true", "false"))
                        .filter("true"::equals)
                        .isPresent());
        json.put("leastShipmentKg", form.number("leastShipmentKg", 0, HandlingLimits.MOST_SHIPMENT_KG));
        json.put("coldHours", form.number("coldHours", 0, HandlingLimits.MOST_COLD_HOURS));
        json.put("minimumShelfLifeHours", form.number("shelfLife", 0, PolicyJson.MOST_HOURS));
        ObjectNode byItem = json.putObject("minimumShelfLifeHoursByItem");
        for (int row = 1; row <= ITEMS; row++) {
            String item = form.value("item" + row);
            if (item.isEmpty() && form.value("hours" + row).isEmpty()) {
                continue;
            }
            if (!setting.items().contains(item)) {
                form.reject("item" + row, "form.choose");
            } else if (byItem.has(item)) {
                form.reject("item" + row, "policy.item-twice");
            } else {
                byItem.put(item, form.number("hours" + row, 0, PolicyJson.MOST_HOURS));
            }
        }
        boolean catalogue = form.oneOf("substitutes", Set.of("catalogue", "none"))
                .filter("catalogue"::equals)
                .isPresent();
        if (catalogue) {
            json.put("substitutes", "catalogue");
            json.put("substitutePenaltyKm", whole(form, "substituteKm", Policy.LARGEST_PENALTY_KM));
        } else {
            json.putArray("substitutes");
            json.put("substitutePenaltyKm", 0);
        }
        return form.isValid() ? PolicyJson.read(json.toString()) : null;
    }

    private static double whole(SentForm form, String field, int most) {
        double value = form.number(field, 0, most);
        if (value != Math.rint(value) && !Double.isNaN(value)) {
            form.reject(field, "policy.whole");
        }
        return value;
    }

    /** Blank = from now on. What was planned by before stays as it was: no version begins in the past. */
    private static Instant validFrom(SentForm form, Setting setting) {
        String text = form.value("validFrom");
        if (text.isEmpty()) {
            return setting.now();
        }
        try {
            Instant from =
                    LocalDateTime.parse(text, FIELD).atZone(setting.zone()).toInstant();
            if (from.isBefore(setting.now())) {
                form.reject("validFrom", "policy.past");
            } else if (from.isAfter(setting.now().plus(Duration.ofDays(3660)))) {
                form.reject("validFrom", "policy.too-late");
            }
            return from;
        } catch (DateTimeParseException e) {
            form.reject("validFrom", "policy.time");
            return setting.now();
        }
    }

    /** The rows of items to show: those with something in them and a few more. */
    static List<Integer> rows(SentForm form) {
        int last = allRows().stream()
                .filter(row -> !form.value("item" + row).isEmpty()
                        || !form.value("hours" + row).isEmpty())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return allRows().subList(0, Math.min(ITEMS, last + EMPTY_ROWS));
    }

    static List<Integer> allRows() {
        return IntStream.rangeClosed(1, ITEMS).boxed().toList();
    }
}
