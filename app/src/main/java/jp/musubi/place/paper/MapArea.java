package jp.musubi.place.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.common.web.Problem;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.MunicipalityMatch;
import jp.musubi.place.Position;
import jp.musubi.place.Prefecture;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;

/**
 * What part of the response a map shows.
 *
 * @param name as the title says it
 * @param whole true for the overview
 */
record MapArea(String name, Bounds bounds, boolean whole) {

    /** Half the height of the smallest area, in degrees: about 2 km. */
    private static final double SMALLEST = 0.02;

    /** No municipality is so large: beyond this a position is wrong, and must not make the whole map small. */
    private static final double FARTHEST_KM = 60;

    /** Everything that has a position, and at least something. */
    static MapArea overview(SituationNow now, Response response, String name) {
        List<Position> seen = Stream.concat(
                        now.map().communities().stream().map(Community::at),
                        now.map().hubs().stream().map(Depot::at))
                .flatMap(Optional::stream)
                .filter(at -> response.bounds().contains(at.latitude(), at.longitude()))
                .toList();
        return new MapArea(name, seen.isEmpty() ? response.bounds() : around(seen), true);
    }

    /**
     * A municipality or prefecture, by code or by name as people type it.
     *
     * @throws Problem if there is none, with suggestions
     */
    static MapArea named(
            String text, SituationNow now, MunicipalityDirectory directory, MessageSource texts, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        Optional<Prefecture> prefecture = prefecture(text.strip());
        if (prefecture.isPresent()) {
            String code = prefecture.get().code();
            return of(prefecture.get().name(locale), now, town -> town.code().startsWith(code))
                    .orElseThrow(() -> unknown(text, List.of(), texts, locale));
        }
        MunicipalityMatch match = directory.resolve(text);
        if (match.found().isEmpty()) {
            throw unknown(
                    text,
                    match.choices().stream()
                            .map(choice -> directory.fullName(choice, english))
                            .toList(),
                    texts,
                    locale);
        }
        Municipality found = match.found().get();
        String code = found.code().value();
        return of(
                        directory.fullName(found, english),
                        now,
                        town -> town.code().equals(code) || town.city().equals(code))
                .orElseThrow(() -> unknown(text, List.of(), texts, locale));
    }

    /**
     * A rectangle: west, south, east, north in degrees.
     *
     * @throws Problem if it is none
     */
    static MapArea box(String text, String name) {
        String[] numbers = text.split(",", -1);
        try {
            if (numbers.length == 4) {
                return new MapArea(
                        name,
                        new Bounds(
                                Double.parseDouble(numbers[1].strip()),
                                Double.parseDouble(numbers[0].strip()),
                                Double.parseDouble(numbers[3].strip()),
                                Double.parseDouble(numbers[2].strip())),
                        false);
            }
        } catch (IllegalArgumentException e) {
            // not four numbers that make a rectangle: said below
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "maps.bad-box");
    }

    private static Optional<Prefecture> prefecture(String text) {
        return Stream.of(Prefecture.values())
                .filter(each -> text.equals(each.code())
                        || text.equals(each.ja())
                        || text.toLowerCase(Locale.ROOT).startsWith(each.en().toLowerCase(Locale.ROOT) + " pref"))
                .findFirst();
    }

    private static Optional<MapArea> of(String name, SituationNow now, Predicate<Town> inside) {
        List<Town> towns = now.map().towns().stream().filter(inside).toList();
        if (towns.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Town> byCode = towns.stream().collect(Collectors.toMap(Town::code, town -> town));
        List<Position> seen = new ArrayList<>(towns.stream().map(Town::at).toList());
        for (Community community : now.map().communities()) {
            Town town = byCode.get(community.town());
            if (town != null) {
                community
                        .at()
                        .filter(at -> at.kilometresTo(town.at()) < FARTHEST_KM)
                        .ifPresent(seen::add);
            }
        }
        return Optional.of(new MapArea(name, around(seen), false));
    }

    private static Bounds around(List<Position> positions) {
        double south = 90;
        double north = -90;
        double west = 180;
        double east = -180;
        for (Position position : positions) {
            south = Math.min(south, position.latitude());
            north = Math.max(north, position.latitude());
            west = Math.min(west, position.longitude());
            east = Math.max(east, position.longitude());
        }
        double high = Math.max(SMALLEST, (north - south) * 0.04);
        double wide = Math.max(SMALLEST, (east - west) * 0.06);
        return new Bounds(
                Math.max(-90, south - high),
                Math.max(-180, west - wide),
                Math.min(90, north + high),
                Math.min(180, east + wide));
    }

    private static Problem unknown(String text, List<String> suggestions, MessageSource texts, Locale locale) {
        String maybe = suggestions.isEmpty()
                ? ""
                : texts.getMessage(
                        "maps.bad-area.maybe",
                        new Object[] {String.join(locale.getLanguage().equals("en") ? "; " : "、", suggestions)},
                        locale);
        return new Problem(HttpStatus.NOT_FOUND, "maps.bad-area", text, maybe);
    }
}
