package jp.musubi.training.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.training.store.CohortBoard;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The day for which a page shows the state, and by what was known when. Courses go on long after the days of relief: where
 * nobody says a day, it is the later of the response's own and the last one about which anything is known.
 */
@Component
class AsOf {

    private final CurrentResponse response;
    private final CohortBoard board;

    AsOf(CurrentResponse response, CohortBoard board) {
        this.response = response;
        this.board = board;
    }

    /**
     * @param day facts up to and including this day count
     * @param knownOn words recorded later do not count; empty = everything known now
     */
    record Moment(LocalDate day, Optional<Instant> knownOn) {}

    Moment read(String day, String known) {
        ZoneId zone = response.get().zone();
        LocalDate own = response.now().atZone(zone).toLocalDate();
        return new Moment(
                date(day).orElseGet(() -> board.latestDay(response.get().id(), own)),
                date(known)
                        .map(last ->
                                last.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)));
    }

    /** The same, with what the form on top of the page shows. */
    Moment show(String day, String known, Model model) {
        Moment moment = read(day, known);
        model.addAttribute("day", moment.day());
        model.addAttribute("known", date(known).map(LocalDate::toString).orElse(""));
        return moment;
    }

    static Optional<LocalDate> date(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
