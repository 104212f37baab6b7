package jp.musubi.response.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.web.SentForm;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.ResponseId;
import org.springframework.util.MultiValueMap;

/** The form of a response: from a response to fields and back, with every error at once. */
final class ResponseForm {

    /** Languages that pages exist in. */
    static final List<String> LANGUAGES = List.of("ja", "en");

    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private ResponseForm() {}

    /** The fields of a response nobody opened yet: all of Japan, in real time. */
    static SentForm empty() {
        SentForm form = SentForm.with(java.util.Map.of(
                "zone", "Asia/Tokyo",
                "south", "24.0",
                "west", "122.0",
                "north", "46.0",
                "east", "154.0",
                "clock", "real"));
        LANGUAGES.forEach(language -> form.add("languages", language));
        return form;
    }

    static SentForm of(ResponseEntry entry, Clock realTime) {
        Response response = entry.response();
        SentForm form = SentForm.with(java.util.Map.of(
                "nameJa", response.nameJa(),
                "nameEn", response.nameEn(),
                "zone", response.zone().getId(),
                "south", String.valueOf(response.bounds().south()),
                "west", String.valueOf(response.bounds().west()),
                "north", String.valueOf(response.bounds().north()),
                "east", String.valueOf(response.bounds().east()),
                "version", String.valueOf(entry.version())));
        form.set("code", response.code());
        response.languages().forEach(language -> form.add("languages", language.toLanguageTag()));
        if (response.training()) {
            form.set("training", "true");
        }
        form.set("clock", kind(response.clock()));
        if (!(response.clock() instanceof ResponseClock.Real)) {
            String inside = FIELD.format(response.clock().now(realTime).atZone(response.zone()));
            form.set("clockAt", inside);
            form.set("clockShown", inside);
        }
        return form;
    }

    static SentForm sent(MultiValueMap<String, String> sent) {
        return SentForm.of(sent);
    }

    /**
     * Reads a form.
     *
     * @param known the response to change; empty for a new one
     * @return empty if the form has errors
     */
    static Optional<Response> read(SentForm form, Optional<Response> known, Clock realTime) {
        String code = known.map(Response::code)
                .orElseGet(() -> form.required("code", 63, Response.CODE_PATTERN, "admin.response.code.wrong"));
        String nameJa = form.required("nameJa", 200);
        String nameEn = form.required("nameEn", 200);
        Optional<ZoneId> zone = zone(form);
        List<Locale> languages = languages(form);
        Optional<Bounds> bounds = bounds(form);
        Optional<ResponseClock> clock = zone.flatMap(in -> clock(form, in, known, realTime));
        if (!form.isValid() || zone.isEmpty() || bounds.isEmpty() || clock.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Response(
                known.map(Response::id).orElse(new ResponseId(0)),
                code,
                nameJa,
                nameEn,
                zone.get(),
                languages,
                bounds.get(),
                clock.get(),
                form.value("training").equals("true")));
    }

    private static Optional<ZoneId> zone(SentForm form) {
        String name = form.required("zone", 64);
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return Optional.of(ZoneId.of(name));
        }
        form.reject("zone", "admin.response.zone.wrong");
        return Optional.empty();
    }

    private static List<Locale> languages(SentForm form) {
        List<Locale> chosen = new ArrayList<>();
        for (String language : LANGUAGES) {
            if (form.isChosen("languages", language)) {
                chosen.add(Locale.forLanguageTag(language));
            }
        }
        if (chosen.isEmpty()) {
            form.reject("languages", "form.choose");
        }
        return chosen;
    }

    private static Optional<Bounds> bounds(SentForm form) {
        double south = form.number("south", -90, 90);
        double west = form.number("west", -180, 180);
        double north = form.number("north", -90, 90);
        double east = form.number("east", -180, 180);
        if (Double.isNaN(south + west + north + east)) {
            return Optional.empty();
        }
        if (south >= north) {
            form.reject("north", "admin.response.north.wrong", south);
        }
        if (west >= east) {
            form.reject("east", "admin.response.east.wrong", west);
        }
        return south < north && west < east ? Optional.of(new Bounds(south, west, north, east)) : Optional.empty();
    }

    private static Optional<ResponseClock> clock(SentForm form, ZoneId zone, Optional<Response> known, Clock realTime) {
        Optional<String> kind = form.oneOf("clock", Set.of("real", "offset", "fixed"));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        if (kind.get().equals("real")) {
            return Optional.of(new ResponseClock.Real());
        }
        // A moving clock that nobody touched keeps its shift: saving a minute later must not put it back a minute.
        Optional<ResponseClock> untouched = known.map(Response::clock)
                .filter(clock -> kind(clock).equals(kind.get())
                        && form.value("clockAt").equals(form.value("clockShown"))
                        && known.get().zone().equals(zone));
        if (untouched.isPresent()) {
            return untouched;
        }
        try {
            if (form.value("clockAt").isEmpty()) {
                form.reject("clockAt", "form.missing");
                return Optional.empty();
            }
            Instant inside =
                    LocalDateTime.parse(form.value("clockAt")).atZone(zone).toInstant();
            return Optional.of(
                    kind.get().equals("fixed")
                            ? new ResponseClock.Fixed(inside)
                            : ResponseClock.Offset.showing(
                                    inside, realTime.instant().truncatedTo(ChronoUnit.SECONDS)));
        } catch (DateTimeParseException e) {
            form.reject("clockAt", "form.time");
            return Optional.empty();
        }
    }

    /** A time as the form's field takes it; empty text in a zone that does not exist. */
    static String local(Instant instant, String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone)
                ? LocalDateTime.ofInstant(instant, ZoneId.of(zone)).toString()
                : "";
    }

    private static String kind(ResponseClock clock) {
        return clock instanceof ResponseClock.Offset
                ? "offset"
                : clock instanceof ResponseClock.Fixed ? "fixed" : "real";
    }
}
