package jp.musubi.place.paper;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import jp.musubi.common.paper.PaperFonts;
import jp.musubi.common.web.Problem;
import jp.musubi.place.Municipalities;
import jp.musubi.place.geo.CoastFile;
import jp.musubi.place.geo.MapFeatures;
import jp.musubi.response.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes situation maps: reads once, lays out once, prints as PDF or PNG. */
@Component
class SituationMaps {

    /** A picture of 300 dpi takes 35 MB while it is drawn. */
    private static final int AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 20;

    private final SituationSource source;
    private final Municipalities municipalities;
    private final PaperFonts fonts;
    private final MessageSource texts;
    private final Clock realTime;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private @Nullable MapFeatures features;

    SituationMaps(
            SituationSource source,
            Municipalities municipalities,
            PaperFonts fonts,
            MessageSource texts,
            Clock realTime) {
        this.source = source;
        this.municipalities = municipalities;
        this.fonts = fonts;
        this.texts = texts;
        this.realTime = realTime;
    }

    /**
     * What somebody wants on paper.
     *
     * @param area municipality or prefecture, by code or name
     * @param regions prefixes of municipality codes the reader may see; empty = everything
     * @param box west, south, east, north in degrees; counts if there is no area
     */
    record Order(
            Optional<String> area,
            Optional<String> box,
            boolean landscape,
            Optional<Set<String>> regions,
            Locale locale) {}

    /** @param name for the file, without ending */
    record Printed(ByteArrayResource content, String name) {}

    /** A PDF: the map, then its list. */
    Printed pdf(Response response, Order order) {
        return make(
                response,
                order,
                (pages, title) -> SituationPrinter.pdf(
                        pages,
                        fonts.faces(),
                        title,
                        order.locale().getLanguage(),
                        realTime.instant(),
                        response.zone()));
    }

    /** The map alone. */
    Printed png(Response response, Order order, int dotsPerInch) {
        return make(response, order, (pages, title) -> SituationPrinter.png(pages, dotsPerInch));
    }

    private Printed make(Response response, Order order, BiFunction<SituationPages, String, byte[]> print) {
        Instant now = response.clock().now(realTime);
        SituationNow situation = source.read(response, now, order.regions(), order.locale());
        MapArea area = area(response, order, situation);
        takePlace();
        try {
            SituationPages pages = new SituationPages(
                    situation,
                    area,
                    new SituationPages.Frame(response, now, realTime.instant(), order.locale(), order.landscape()),
                    texts,
                    fonts.faces(),
                    features());
            String title =
                    text("maps.title", order.locale()) + ": " + response.name(order.locale()) + ", " + area.name();
            String stamp =
                    DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT).format(now.atZone(response.zone()));
            return new Printed(
                    new ByteArrayResource(print.apply(pages, title)), "situation-" + response.code() + "-" + stamp);
        } finally {
            places.release();
        }
    }

    private MapArea area(Response response, Order order, SituationNow situation) {
        if (order.area().isPresent()) {
            return MapArea.named(order.area().get(), situation, municipalities.directory(), texts, order.locale());
        }
        return order.box()
                .map(box -> MapArea.box(box, text("maps.chosen-box", order.locale())))
                .orElseGet(() -> MapArea.overview(situation, response, text("maps.overview", order.locale())));
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "maps.busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "maps.busy");
        }
    }

    private synchronized MapFeatures features() {
        MapFeatures known = features;
        if (known == null) {
            known = new MapFeatures(CoastFile.land());
            features = known;
        }
        return known;
    }

    private String text(String key, Locale locale) {
        return texts.getMessage(key, new Object[0], locale);
    }
}
