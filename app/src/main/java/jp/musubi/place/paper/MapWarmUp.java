package jp.musubi.place.paper;

import java.util.Locale;
import java.util.Optional;
import jp.musubi.place.paper.SituationMaps.Order;
import jp.musubi.response.Responses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Draws one small map after the start, so that nobody waits for the first one: coordinate systems, coast and fonts take
 * some seconds to load.
 */
@Component
class MapWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(MapWarmUp.class);

    private final SituationMaps maps;
    private final Responses responses;
    private final boolean wanted;

    MapWarmUp(SituationMaps maps, Responses responses, @Value("${musubi.maps.warm-up:true}") boolean wanted) {
        this.maps = maps;
        this.responses = responses;
        this.wanted = wanted;
    }

    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        if (wanted) {
            Thread thread = new Thread(this::drawOne, "map-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void drawOne() {
        try {
            responses.listResponses().stream()
                    .findFirst()
                    .ifPresent(response -> maps.pdf(
                            response,
                            new Order(Optional.empty(), Optional.empty(), false, Optional.empty(), Locale.JAPANESE)));
        } catch (RuntimeException e) {
            // the first reader will see the same problem with a page that says so
            LOG.warn("Could not warm up the printed maps", e);
        }
    }
}
