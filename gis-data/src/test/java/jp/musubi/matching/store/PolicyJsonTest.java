package jp.musubi.matching.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {

    private static final Policy RICH = new Policy(
            12.5,
            Duration.ofMinutes(90),
            Map.of("bread", Duration.ofHours(12), "rice", Duration.ofMillis(1)),
            Set.of(new Policy.Substitution("rice", "bread"), new Policy.Substitution("bread", "rice")),
            75,
            new Fairness(4, 2.5, 3),
            new HandlingLimits(2, 300, true, 12.5, 4));

    @Test
    void whatIsWrittenIsReadAgain() {
        for (PolicyTerms terms : List.of(
                PolicyTerms.STANDARD,
                new PolicyTerms(Policy.STANDARD, false),
                new PolicyTerms(RICH, false),
                new PolicyTerms(RICH, false).withSubstitutes(Optional.of(3)))) {
            assertThat(PolicyJson.read(PolicyJson.write(terms))).isEqualTo(terms);
        }
    }

    @Test
    void thePolicyIsAlwaysTheSameText() {
        assertThat(PolicyJson.write(new PolicyTerms(RICH, false))).isEqualTo("""
                {"version":1,"equity":12.5,"minimumShelfLifeHours":1.5,"minimumShelfLifeHoursByItem":{"bread":12.0,\
                "rice":2.7777777777777776E-7},"substitutes":[{"item":"bread","insteadOf":"rice"},{"item":"rice",\
                "insteadOf":"bread"}],"substitutePenaltyKm":75,"communityEquity":4.0,"municipalityEquity":2.5,\
                "protectedPeople":3.0,"hubDays":2,"kilogramsPerHour":300.0,"wholePacks":true,"leastShipmentKg":12.5,\
                "coldHours":4.0}""");
        assertThat(PolicyJson.write(PolicyTerms.STANDARD)).contains("\"substitutes\":\"catalogue\"");
    }

    @Test
    void whatIsMissingIsStandard() {
        assertThat(PolicyJson.read("{}").values()).isEqualTo(Policy.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    {"equty": 8};                              no key "equty". Maybe one of coldHours, communityEquity, equity
                    {"substitutes": [{"item": "a", "for": "b"}]}; A substitute has no key "for". Maybe one of insteadOf, item?
                    {"version": 2};                            "version" is 2, but this program knows 1 only
                    {"equity": 0.5};                           "equity" is a number from 1 to 100, but was 0.5
                    {"equity": 1e999};                         "equity" is a number from 1 to 100
                    {"equity": "8"};                           "equity" is a number from 1 to 100, but was "8"
                    {"equity": null};                          "equity" is a number from 1 to 100, but was null
                    {"minimumShelfLifeHours": -1};             "minimumShelfLifeHours" is a number from 0
                    {"minimumShelfLifeHours": 99999999999};    "minimumShelfLifeHours" is a number from 0
                    {"minimumShelfLifeHoursByItem": {"a": -2}}; "minimumShelfLifeHoursByItem.a" is a number from 0
                    {"minimumShelfLifeHoursByItem": []};       is an object in braces
                    {"substitutePenaltyKm": -1};               "substitutePenaltyKm" is a number from 0 to 10000
                    {"substitutePenaltyKm": 1.5};              "substitutePenaltyKm" is a whole number, but was 1.5
                    {"substitutes": "all"};                    "substitutes" is a list or "catalogue", but was "all"
                    {"substitutes": [{"item": "a", "insteadOf": "a"}]}; An item is no substitute for itself
                    {"communityEquity": 0};                    "communityEquity" is a number from 1 to 100, but was 0
                    {"municipalityEquity": 101};               "municipalityEquity" is a number from 1 to 100
                    {"protectedPeople": 11};                   "protectedPeople" is a number from 1 to 10, but was 11
                    {"hubDays": 32};                           "hubDays" is a number from 0 to 31, but was 32
                    {"hubDays": 0.5};                          "hubDays" is a whole number, but was 0.5
                    {"kilogramsPerHour": 0};                   "kilogramsPerHour" is a number from 1 to 10000, but was 0
                    {"wholePacks": 1};                         "wholePacks" is true or false, but was 1
                    {"wholePacks": "yes"};                     "wholePacks" is true or false, but was "yes"
                    {"leastShipmentKg": -1};                   "leastShipmentKg" is a number from 0 to 10000, but was -1
                    {"coldHours": 241};                        "coldHours" is a number from 0 to 240, but was 241
                    {"equity": 8, "equity": 9};                It is no JSON: Duplicate
                    [1];                                       The policy is an object in braces
                    {"equity": 8} {};                          It is no JSON
                    nonsense;                                  It is no JSON
                    """)
    void whatIsWrongIsNamedAndExplained(String json, String message) {
        assertThatThrownBy(() -> PolicyJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
