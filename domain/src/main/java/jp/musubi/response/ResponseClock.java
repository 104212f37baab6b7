package jp.musubi.response;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What time it is inside a response. The 2011 scenario lives in March 2011 while tokens and audit use real time.
 */
public sealed interface ResponseClock {

    /** The time inside the response when the real clock shows {@code realNow}. */
    Instant at(Instant realNow);

    default Instant now(Clock realTime) {
        return at(realTime.instant());
    }

    /** The response lives in real time. */
    record Real() implements ResponseClock {
        @Override
        public Instant at(Instant realNow) {
            return realNow;
        }
    }

    /** The response runs at normal speed, shifted by a fixed time; a past response has a negative shift. */
    record Offset(Duration shift) implements ResponseClock {
        @Override
        public Instant at(Instant realNow) {
            return realNow.plus(shift);
        }

        /** A clock that shows {@code inside} when the real clock shows {@code realNow}, in whole seconds. */
        public static Offset showing(Instant inside, Instant realNow) {
            return new Offset(
                    Duration.ofSeconds(Duration.between(realNow, inside).toSeconds()));
        }
    }

    /** The response stands still, for exercises and tests. */
    record Fixed(Instant instant) implements ResponseClock {
        @Override
        public Instant at(Instant realNow) {
            return instant;
        }
    }
}
