package jp.musubi.trace.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.musubi.common.SmallCounts;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.trace.PublicFigures;
import jp.musubi.trace.geo.PublicOutline;
import jp.musubi.trace.store.JdbcPublicCounts;
import org.springframework.stereotype.Component;

/**
 * Releases of the public figures. One release stands for ten minutes: a page that changed with every carton would give
 * each carton away, and a crowd of readers would cost the coordinators their database.
 */
@Component
class PublicReleases {

    static final SmallCounts RULE = SmallCounts.STANDARD;
    static final Duration STANDS = Duration.ofMinutes(10);

    private final JdbcPublicCounts counts;
    private final Clock realTime;
    private final Map<ResponseId, Release> releases = new ConcurrentHashMap<>();
    private final Map<Bounds, Outline> outlines = new ConcurrentHashMap<>();

    PublicReleases(JdbcPublicCounts counts, Clock realTime) {
        this.counts = counts;
        this.realTime = realTime;
    }

    /**
     * Figures as published.
     *
     * @param dataAt the response's own time
     * @param releasedAt real time
     */
    record Release(PublicFigures figures, Instant dataAt, Instant releasedAt) {}

    /** The land of a response's area, drawn once. */
    record Outline(PublicOutline picture, String path) {}

    Release current(Response response) {
        Instant now = realTime.instant();
        return releases.compute(response.id(), (id, known) -> {
            if (known != null && known.releasedAt().plus(STANDS).isAfter(now)) {
                return known;
            }
            Instant dataAt = response.clock().at(now);
            return new Release(
                    PublicFigures.publish(
                            counts.read(response.id(), dataAt),
                            Optional.ofNullable(known).map(Release::figures),
                            RULE),
                    dataAt,
                    now);
        });
    }

    Outline outline(Bounds area) {
        return outlines.computeIfAbsent(area, key -> {
            PublicOutline picture = new PublicOutline(key);
            return new Outline(picture, picture.path());
        });
    }
}
