package jp.musubi.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import jp.musubi.response.ResponseClock;
import org.junit.jupiter.api.Test;

class SealedJsonTest {

    private final SealedJson<ResponseClock> json = new SealedJson<>(ResponseClock.class);

    @Test
    void givesBackEveryKind() {
        ResponseClock fixed = new ResponseClock.Fixed(Instant.parse("2011-03-14T00:00:00Z"));
        ResponseClock shifted = new ResponseClock.Offset(Duration.ofDays(-5000));

        assertThat(json.read(json.write(fixed))).isEqualTo(fixed);
        assertThat(json.read(json.write(shifted))).isEqualTo(shifted);
        assertThat(json.read(json.write(new ResponseClock.Real()))).isEqualTo(new ResponseClock.Real());
    }

    @Test
    void namesWhatItCannotRead() {
        assertThatThrownBy(() -> json.read("{\"kind\":\"Sundial\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Sundial");
        assertThatThrownBy(() -> json.read("[")).isInstanceOf(IllegalArgumentException.class);
    }
}
