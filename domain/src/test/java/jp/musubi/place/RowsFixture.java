package jp.musubi.place;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;

/** Rows as the job would read them. */
final class RowsFixture {

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    static final ImportContext CONTEXT = new ImportContext(
            new FeedId(1),
            new Response(
                    new ResponseId(1),
                    "tohoku-2011",
                    "東日本大震災",
                    "Great East Japan Earthquake",
                    ZoneId.of("Asia/Tokyo"),
                    List.of(Locale.JAPANESE),
                    new Bounds(36, 138, 42, 143),
                    new ResponseClock.Fixed(NOW),
                    false),
            "main",
            Optional.empty(),
            NOW,
            NOW);

    private RowsFixture() {}

    static Municipalities municipalities() {
        return new Municipalities() {
            @Override
            public MunicipalityDirectory directory() {
                return PlacesFixture.directory();
            }

            @Override
            public List<MunicipalityDamage> listDamage(String event) {
                return List.of();
            }
        };
    }

    static <T> RowStore<T> unused() {
        return (context, rows) -> RowStore.Applied.of(0, 0, 0);
    }

    /** Land everywhere west of 142° E. */
    static PositionCheck check() {
        return new PositionCheck(position -> position.longitude() < 142 ? 0 : 100_000);
    }

    /** A row below a header; both with cells between bars. */
    static Row row(ImportKind<?> kind, String header, String cells) {
        ColumnMatch match = new ColumnMatcher(kind.columns()).match(cells(header));
        if (!match.isComplete()) {
            throw new IllegalArgumentException("Columns are missing: " + match.missing());
        }
        return new Row(2, Optional.empty(), match, cells(cells));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }
}
