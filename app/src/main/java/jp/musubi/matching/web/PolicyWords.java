package jp.musubi.matching.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what a policy's values are and what they do, in words for people who never saw the formula. */
@Component
class PolicyWords {

    /** The objective counts in steps of a hundred metres. */
    private static final double STEPS_PER_KM = 10;

    private final Catalogue catalogue;
    private final MessageSource texts;

    PolicyWords(Catalogue catalogue, MessageSource texts) {
        this.catalogue = catalogue;
        this.texts = texts;
    }

    /**
     * One value of a policy.
     *
     * @param key the same in all policies
     * @param name what it is
     * @param value how much
     * @param effect what that does
     */
    record Line(String key, String name, String value, String effect) {}

    /** One value in two policies. */
    record Difference(Line before, Line after) {
        public boolean isDifferent() {
            return !before.value().equals(after.value());
        }
    }

    List<Line> lines(PolicyTerms terms, Locale locale) {
        Policy policy = terms.values();
        List<Line> lines = new ArrayList<>();
        lines.add(line(
                "equity",
                number(policy.equity(), locale),
                locale,
                kilometresOfUnit(policy, 0),
                kilometresOfUnit(policy, Policy.TIERS - 1)));
        Fairness fairness = policy.fairness();
        lines.add(line("communities", number(fairness.communities(), locale), locale, fairness.communities()));
        lines.add(line("municipalities", number(fairness.municipalities(), locale), locale, fairness.municipalities()));
        lines.add(line(
                "protected-people", number(fairness.protectedPeople(), locale), locale, fairness.protectedPeople()));
        HandlingLimits limits = policy.limits();
        lines.add(line("hub-days", text("policy.days", locale, limits.days()), locale, limits.days()));
        lines.add(line(
                "kilograms-per-hour",
                text("policy.kilograms", locale, limits.kilogramsPerHour()),
                locale,
                limits.kilogramsPerHour()));
        lines.add(line(
                "whole-packs",
                text("policy.wholePacks." + limits.wholePacks(), locale),
                locale,
                limits.wholePacks() ? 1 : 0));
        lines.add(line(
                "least-shipment",
                text("policy.kilograms", locale, limits.leastShipmentKg()),
                locale,
                limits.leastShipmentKg()));
        lines.add(line("cold-hours", text("policy.hours", locale, limits.coldHours()), locale, limits.coldHours()));
        lines.add(line(
                "shelf-life", hours(policy.minimumShelfLife(), locale), locale, hoursOf(policy.minimumShelfLife())));
        lines.add(line(
                "shelf-life-by-item",
                byItem(policy, locale),
                locale,
                policy.minimumShelfLifeByItem().size()));
        lines.add(line(
                "substitutes",
                substitutes(terms, locale),
                locale,
                terms.substituteKm().orElse(-1)));
        return lines;
    }

    List<Difference> differences(PolicyTerms before, PolicyTerms after, Locale locale) {
        List<Line> old = lines(before, locale);
        List<Line> fresh = lines(after, locale);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            differences.add(new Difference(old.get(i), fresh.get(i)));
        }
        return differences;
    }

    private Line line(String key, String value, Locale locale, Object... figures) {
        return new Line(key, text("policy.value." + key, locale), value, text("policy.effect." + key, locale, figures));
    }

    /** What a unit in a tier of a need of normal priority without deadline is worth, as kilometres of road. */
    private static double kilometresOfUnit(Policy policy, int tier) {
        return Policy.valueOfUnit(Policy.TIERS, tier, 3, null, policy.equity(), Instant.EPOCH) / STEPS_PER_KM;
    }

    private String byItem(Policy policy, Locale locale) {
        if (policy.minimumShelfLifeByItem().isEmpty()) {
            return text("policy.none", locale);
        }
        Map<String, String> hours = new TreeMap<>();
        policy.minimumShelfLifeByItem().forEach((item, life) -> hours.put(itemName(item, locale), hours(life, locale)));
        List<String> parts = new ArrayList<>();
        hours.forEach((item, life) -> parts.add(text("policy.of-item", locale, item, life)));
        return String.join(text("policy.and", locale), parts);
    }

    String itemName(String item, Locale locale) {
        return Optional.of(item)
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> catalogue.current().findById(new ItemId(Long.parseLong(id))))
                .map(found -> found.name(locale))
                .orElse(item);
    }

    private String substitutes(PolicyTerms terms, Locale locale) {
        return terms.substituteKm()
                .map(km -> text("policy.substitutes.km", locale, km))
                .orElseGet(() -> text("policy.none", locale));
    }

    private String hours(Duration life, Locale locale) {
        return text("policy.hours", locale, hoursOf(life));
    }

    private static double hoursOf(Duration life) {
        return life.toMillis() / 3.6e6;
    }

    private String number(double value, Locale locale) {
        return text("policy.number", locale, value);
    }

    private String text(String key, Locale locale, Object... figures) {
        return Objects.requireNonNull(texts.getMessage(key, figures, locale));
    }
}
