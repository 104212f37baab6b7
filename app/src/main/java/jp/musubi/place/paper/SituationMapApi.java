package jp.musubi.place.paper;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.place.paper.SituationMaps.Order;
import jp.musubi.place.paper.SituationMaps.Printed;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The situation map as paper and picture. {@code area} is a municipality or prefecture (code or name), {@code bbox} is
 * west,south,east,north; without them the map shows everything.
 */
@RestController
@Requires(Action.VIEW_OPERATIONS)
class SituationMapApi {

    /** Browsers show a PDF in a viewer of their own, which the pages' policy would keep closed. */
    private static final String PAPER_POLICY =
            "default-src 'self'; object-src 'self'; base-uri 'none'; " + "form-action 'none'; frame-ancestors 'self'";

    private static final int LEAST_DPI = 72;
    private static final int MOST_DPI = 300;

    private final SituationMaps maps;
    private final CurrentActor actor;
    private final CurrentResponse response;

    SituationMapApi(SituationMaps maps, CurrentActor actor, CurrentResponse response) {
        this.maps = maps;
        this.actor = actor;
        this.response = response;
    }

    @GetMapping("/maps/situation.pdf")
    ResponseEntity<ByteArrayResource> pdf(
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(required = false) @Nullable String bbox,
            @RequestParam(defaultValue = "portrait") String orientation,
            @RequestParam(required = false) @Nullable String language,
            Locale reader) {
        Printed printed = maps.pdf(response.get(), order(area, bbox, orientation, language, reader));
        return answer(printed, MediaType.APPLICATION_PDF, ".pdf");
    }

    @GetMapping("/maps/situation.png")
    ResponseEntity<ByteArrayResource> png(
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(required = false) @Nullable String bbox,
            @RequestParam(defaultValue = "portrait") String orientation,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(defaultValue = "200") int dpi,
            Locale reader) {
        if (dpi < LEAST_DPI || dpi > MOST_DPI) {
            throw new Problem(HttpStatus.BAD_REQUEST, "maps.bad-option", "dpi", LEAST_DPI + "–" + MOST_DPI);
        }
        Printed printed = maps.png(response.get(), order(area, bbox, orientation, language, reader), dpi);
        return answer(printed, MediaType.IMAGE_PNG, ".png");
    }

    private Order order(
            @Nullable String area,
            @Nullable String bbox,
            String orientation,
            @Nullable String language,
            Locale reader) {
        boolean landscape = switch (orientation) {
            case "portrait" -> false;
            case "landscape" -> true;
            default ->
                throw new Problem(HttpStatus.BAD_REQUEST, "maps.bad-option", "orientation", "portrait, landscape");
        };
        String wanted = language == null ? reader.getLanguage() : language;
        Locale locale = switch (wanted) {
            case "ja" -> Locale.JAPANESE;
            case "en" -> Locale.ENGLISH;
            default -> throw new Problem(HttpStatus.BAD_REQUEST, "maps.bad-option", "language", "ja, en");
        };
        return new Order(
                given(area),
                given(bbox),
                landscape,
                actor.actor()
                        .regionsFor(
                                Action.VIEW_OPERATIONS, Scope.of(response.get().id())),
                locale);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    private static ResponseEntity<ByteArrayResource> answer(Printed printed, MediaType type, String ending) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", PAPER_POLICY)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename(printed.name() + ending, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(printed.content());
    }
}
