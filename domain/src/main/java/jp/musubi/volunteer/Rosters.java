package jp.musubi.volunteer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: what rosters are made from, and what became of them. */
public interface Rosters {

    /** Everything that bears on the shifts of these days. */
    RosterProblem read(ResponseId response, LocalDate firstDay, LocalDate lastDay);

    /**
     * Keeps a roster under the next number. Its seats replace what was proposed for these days before; what people decided
     * meanwhile stays, and a seat of the roster that contradicts it is left out.
     */
    Head keep(RosterDraft draft);

    Optional<Head> findNewest(ResponseId response);

    List<Head> listHeads(ResponseId response);

    /** A kept roster. */
    record Head(
            long id,
            int number,
            Optional<PersonId> by,
            Instant madeAt,
            Instant asOf,
            LocalDate firstDay,
            LocalDate lastDay,
            int policyVersion,
            String engine,
            String inputHash,
            int people,
            int shifts,
            int seats,
            int filled,
            long worth,
            double bound,
            long solveMillis) {

        public double gap() {
            return bound <= worth ? 0 : (bound - worth) / Math.max(1, Math.abs(bound));
        }
    }
}
