package jp.musubi.need.web;

import java.math.BigDecimal;
import java.util.Locale;
import jp.musubi.catalog.Item;
import jp.musubi.need.EstimateOutcome.Estimated;
import jp.musubi.need.EstimateRate;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in whole sentences what an estimate rests on: how many people, which rate, what is left, from which source. */
@Component
class EstimateTexts {

    private final MessageSource texts;

    EstimateTexts(MessageSource texts) {
        this.texts = texts;
    }

    String basis(Estimated estimate, Item item, Locale locale) {
        EstimateRate rate = estimate.rate();
        String each = rate.quantity().stripTrailingZeros().toPlainString() + " "
                + item.base().name(locale);
        String people = texts.getMessage("items.basis." + rate.basis(), null, locale);
        StringBuilder words = new StringBuilder(
                rate.perDays().isPresent()
                        ? say(
                                locale,
                                "ops.basis.used",
                                people,
                                estimate.persons(),
                                rate.perPeople(),
                                rate.perDays().getAsInt(),
                                each,
                                rate.coverDays(),
                                item.show(estimate.target(), locale))
                        : say(
                                locale,
                                "ops.basis.once",
                                people,
                                estimate.persons(),
                                rate.perPeople(),
                                each,
                                item.show(estimate.target(), locale)));
        if (!estimate.left().isZero()) {
            words.append(' ').append(say(locale, "ops.basis.left", item.show(estimate.left(), locale)));
        }
        if (estimate.byShare() && rate.shareOfPeople().isPresent()) {
            words.append(' ')
                    .append(say(
                            locale,
                            "ops.basis.share",
                            people,
                            rate.shareOfPeople()
                                    .get()
                                    .multiply(BigDecimal.valueOf(100))
                                    .stripTrailingZeros()
                                    .toPlainString()));
        }
        return words.append(' ')
                .append(say(locale, "ops.basis.source", rate.source(locale)))
                .toString();
    }

    private String say(Locale locale, String code, Object... values) {
        return texts.getMessage(code, values, locale);
    }
}
