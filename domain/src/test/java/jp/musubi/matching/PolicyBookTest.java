package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import org.junit.jupiter.api.Test;

class PolicyBookTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    @Test
    void withoutAnyDecisionTheStandardIsInForce() {
        assertThat(new PolicyBook(List.of()).findInForce(PolicyVersion.STANDARD_KEY, NOW))
                .contains(PolicyVersion.STANDARD);
    }

    @Test
    void aVersionIsInForceFromItsTimeOn() {
        PolicyVersion tomorrow = version(PolicyVersion.STANDARD_KEY, 2, NOW.plus(Duration.ofDays(1)));
        PolicyBook book = new PolicyBook(List.of(tomorrow));
        assertThat(book.findInForce(PolicyVersion.STANDARD_KEY, NOW)).contains(PolicyVersion.STANDARD);
        assertThat(book.findInForce(PolicyVersion.STANDARD_KEY, tomorrow.validFrom()))
                .contains(tomorrow);
        assertThat(book.listNewest()).containsExactly(tomorrow);
    }

    @Test
    void ofVersionsThatAreValidTheNewestIsInForce() {
        PolicyVersion planned = version("winter", 1, NOW.plus(Duration.ofDays(2)));
        PolicyVersion sooner = version("winter", 2, NOW);
        PolicyBook book = new PolicyBook(List.of(planned, sooner));
        assertThat(book.findInForce("winter", NOW)).contains(sooner);
        assertThat(book.findInForce("winter", planned.validFrom())).contains(sooner);
        assertThat(book.find("winter", 1)).contains(planned);
    }

    @Test
    void aPolicyThatIsNotValidYetCannotBeChosen() {
        PolicyBook book = new PolicyBook(List.of(version("winter", 1, NOW.plusSeconds(1))));
        assertThat(book.listInForce(NOW)).containsExactly(PolicyVersion.STANDARD);
        assertThat(book.listInForce(NOW.plusSeconds(1)))
                .extracting(PolicyVersion::key)
                .containsExactly(PolicyVersion.STANDARD_KEY, "winter");
        assertThat(book.findInForce("summer", NOW)).isEmpty();
        assertThat(book.listVersions("summer")).isEmpty();
    }

    private static PolicyVersion version(String key, int version, Instant validFrom) {
        return new PolicyVersion(
                key,
                BilingualText.of("冬", "Winter"),
                version,
                validFrom,
                Optional.empty(),
                NOW,
                "",
                PolicyTerms.STANDARD);
    }
}
