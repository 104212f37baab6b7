package jp.musubi.response.store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;

/** The response that tests open: an exercise in Tohoku, in Japanese and English, whose clock stands still. */
public final class TestResponse {

    private TestResponse() {}

    public static Response at(Instant now, String code) {
        return new Response(
                new ResponseId(0),
                code,
                "試験",
                "Test",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE, Locale.ENGLISH),
                new Bounds(36.5, 138.5, 41.8, 142.5),
                new ResponseClock.Fixed(now),
                true);
    }
}
