package jp.musubi.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** A solved roster on its way to be kept. */
public record RosterDraft(
        ResponseId response,
        Optional<PersonId> by,
        Instant madeAt,
        Instant asOf,
        LocalDate firstDay,
        LocalDate lastDay,
        String engine,
        String inputHash,
        RosterProblem problem,
        Roster roster,
        Map<RosterProblem.Seat, SeatReason> reasons,
        List<RosterReasons.OpenSeats> open,
        Duration solveTime) {

    public RosterDraft {
        reasons = Map.copyOf(reasons);
        open = List.copyOf(open);
    }
}
