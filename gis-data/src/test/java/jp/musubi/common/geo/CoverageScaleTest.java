package jp.musubi.common.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageScaleTest {

    @ParameterizedTest
    @CsvSource({
        "0, c0, #d73027",
        "0.1999, c0, #d73027",
        "0.2, c1, #fc8d59",
        "0.5, c2, #fee090",
        "0.8, c3, #91bfdb",
        "0.95, c4, #4575b4",
        "1, c4, #4575b4"
    })
    void putsABorderIntoTheUpperClass(double share, String key, String colour) {
        CoverageScale.Step step = CoverageScale.shipped().of(OptionalDouble.of(share));

        assertThat(step.key()).isEqualTo(key);
        assertThat(step.fill()).isEqualTo(Color.decode(colour));
    }

    @Test
    void keepsTheUnknownApart() {
        assertThat(CoverageScale.shipped().of(OptionalDouble.empty()))
                .isEqualTo(CoverageScale.shipped().unknown());
        assertThat(CoverageScale.shipped().steps())
                .doesNotContain(CoverageScale.shipped().unknown());
    }
}
