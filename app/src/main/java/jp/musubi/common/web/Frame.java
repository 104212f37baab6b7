package jp.musubi.common.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.musubi.identity.People;
import jp.musubi.identity.Role;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands around every page: the incident and its clock, the reader's places, language and name. */
@Component
@RequestScope
public class Frame {

    private static final int MOST_PLACES = 5;

    private static final List<Place> COORDINATORS_PLACES = List.of(
            new Place("/ops", "map", "frame.place.ops"),
            new Place("/plan", "plan", "frame.place.plan"),
            new Place("/dispatch", "dispatch", "frame.place.dispatch"),
            new Place("/volunteers", "people", "frame.place.volunteers"),
            new Place("/donors", "give", "frame.place.donors"),
            new Place("/imports", "import", "frame.place.imports"),
            new Place("/places", "list", "frame.place.places"));
    private static final List<Place> ADMINISTRATORS_PLACES = List.of(
            new Place("/admin", "admin", "frame.place.admin"),
            new Place("/ops", "map", "frame.place.ops"),
            new Place("/imports", "import", "frame.place.imports"),
            new Place("/plan/policies", "plan", "frame.place.policies"));
    private static final List<Place> TRAINERS_PLACES = List.of(
            new Place("/training", "training", "frame.place.training"),
            new Place("/cooperatives", "people", "frame.place.cooperatives"));
    private static final List<Place> DONORS_PLACES =
            List.of(new Place("/give", "give", "frame.place.give"), new Place("/wanted", "list", "frame.place.wanted"));
    private static final Place PUBLIC_PAGE = new Place("/", "home", "frame.place.public");

    private final CurrentActor actor;
    private final CurrentResponse response;
    private final People people;
    private final HttpServletRequest request;
    private final RequestMappingHandlerMapping handlers;
    private @Nullable List<Place> places;

    /**
     * A place of the menu.
     *
     * @param path without the response's prefix
     * @param icon of the sprite
     * @param text key of its name
     */
    public record Place(String path, String icon, String text) {}

    Frame(
            CurrentActor actor,
            CurrentResponse response,
            People people,
            HttpServletRequest request,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        this.actor = actor;
        this.response = response;
        this.people = people;
        this.request = request;
        this.handlers = handlers;
    }

    public boolean isInResponse() {
        return response.find().isPresent();
    }

    public boolean isTraining() {
        return response.find().map(Response::training).orElse(false);
    }

    public String incident(Locale locale) {
        return response.find().map(found -> found.name(locale)).orElse("");
    }

    public Instant now() {
        return response.now();
    }

    /** A time as people read it in the incident's zone and their language: 3月15日(火) 14:20 / 15 Mar 14:20. */
    public String moment(Instant time) {
        Locale locale = LocaleContextHolder.getLocale();
        boolean english = locale.getLanguage().equals("en");
        return DateTimeFormatter.ofPattern(
                        english ? "d MMM HH:mm" : "M月d日(E) HH:mm", english ? Locale.ENGLISH : Locale.JAPANESE)
                .format(time.atZone(ZoneId.of(zone())));
    }

    /** A day as people read it in their language: 3月15日(火) / Tue 15 Mar. */
    public String day(LocalDate day) {
        Locale locale = LocaleContextHolder.getLocale();
        boolean english = locale.getLanguage().equals("en");
        return DateTimeFormatter.ofPattern(
                        english ? "EEE d MMM" : "M月d日(E)", english ? Locale.ENGLISH : Locale.JAPANESE)
                .format(day);
    }

    public ZonedDateTime localNow() {
        return now().atZone(ZoneId.of(zone()));
    }

    /** Whether the incident's clock stands still. */
    public boolean isClockStopped() {
        return response.find()
                .map(found -> found.clock() instanceof ResponseClock.Fixed)
                .orElse(false);
    }

    public String zone() {
        return response.find().map(found -> found.zone().getId()).orElse("Asia/Tokyo");
    }

    /** What comes before every address of the current response. */
    public String base() {
        return response.find().map(found -> "/r/" + found.code()).orElse("");
    }

    public String responseCode() {
        return response.find().map(Response::code).orElse("");
    }

    /** An address inside the current response. */
    public String to(String path) {
        return base() + path;
    }

    public boolean isSignedIn() {
        return actor.person().isPresent();
    }

    /** Whether this reader sees only pages that are written for everybody. */
    public boolean isForEverybody() {
        return places().stream().allMatch(place -> place.equals(PUBLIC_PAGE) || DONORS_PLACES.contains(place));
    }

    public String reader() {
        return actor.person().map(people::getName).orElse("");
    }

    /** The reader's places, five at most, of those that this installation has. */
    public List<Place> places() {
        List<Place> known = places;
        if (known == null) {
            known = readPlaces();
            places = known;
        }
        return known;
    }

    public boolean isHere(Place place) {
        String path = request.getRequestURI();
        return place.path().equals("/")
                ? path.equals("/")
                : path.equals(place.path()) || path.startsWith(place.path() + "/");
    }

    /** Whether the bar offers a search: there is something to find on the map only. */
    public boolean isSearchable() {
        return places().stream().anyMatch(place -> place.path().equals("/ops"));
    }

    /** This page in another language. */
    public String inLanguage(String language) {
        boolean page = request.getMethod().equals("GET");
        String path = page ? request.getRequestURI() : "/";
        return UriComponentsBuilder.fromPath(base().isEmpty() || path.equals("/") ? path : base() + path)
                .query(page && request.getQueryString() != null ? request.getQueryString() : "")
                .replaceQueryParam("lang", language)
                .build()
                .toUriString();
    }

    private List<Place> readPlaces() {
        Set<Place> wanted = new LinkedHashSet<>();
        if (actor.actor().hasRole(Role.COORDINATOR)) {
            wanted.addAll(COORDINATORS_PLACES);
        }
        if (actor.actor().hasRole(Role.ADMINISTRATOR)) {
            wanted.addAll(ADMINISTRATORS_PLACES);
        }
        if (actor.actor().hasRole(Role.TRAINER) || actor.actor().hasRole(Role.MUNICIPALITY)) {
            wanted.addAll(TRAINERS_PLACES);
        }
        if (actor.actor().hasRole(Role.DONOR)) {
            wanted.addAll(DONORS_PLACES);
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        wanted.add(PUBLIC_PAGE);
        return wanted.stream()
                .filter(place -> exists(place.path()))
                .limit(MOST_PLACES)
                .toList();
    }

    private boolean exists(String path) {
        return handlers.getHandlerMethods().keySet().stream()
                .anyMatch(mapping -> mapping.getPatternValues().contains(path));
    }
}
