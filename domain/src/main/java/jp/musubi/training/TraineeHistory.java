package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All words about one trainee, in the order in which they were recorded.
 *
 * @param facts every word, also those that were corrected since
 * @param marks every mark of the registers, also corrected ones
 */
public record TraineeHistory(List<TraineeFact> facts, List<MarkWord> marks) {

    public TraineeHistory {
        facts = List.copyOf(facts);
        marks = List.copyOf(marks);
    }

    /**
     * One word about one session.
     *
     * @param day of the session
     * @param minutes how long the session is
     * @param retracted whether it says that there is no mark after all
     */
    public record MarkWord(SessionId session, LocalDate day, int minutes, Mark mark, boolean retracted, Said said) {}

    /**
     * What holds.
     *
     * @param facts one for each key, none that was retracted, in the order of their days
     * @param marks one for each session, in the order of their days
     */
    public record Known(List<TraineeFact> facts, List<MarkWord> marks) {

        public Known {
            facts = List.copyOf(facts);
            marks = List.copyOf(marks);
        }

        /** The first day on which the person was there. */
        public Optional<LocalDate> firstDayThere() {
            return marks.stream()
                    .filter(word -> word.mark().isThere())
                    .map(MarkWord::day)
                    .min(Comparator.naturalOrder());
        }
    }

    /** What holds by everything known now. */
    public Known known() {
        return knownOn(Instant.MAX);
    }

    /** What held by what was known here at some time: words that were recorded later are left out. */
    public Known knownOn(Instant time) {
        Map<String, TraineeFact> byKey = new HashMap<>();
        for (TraineeFact fact : facts) {
            if (!fact.said().recordedAt().isAfter(time)) {
                byKey.merge(fact.key(), fact, (a, b) -> Said.ORDER.compare(a.said(), b.said()) > 0 ? a : b);
            }
        }
        Map<SessionId, MarkWord> bySession = new HashMap<>();
        for (MarkWord word : marks) {
            if (!word.said().recordedAt().isAfter(time)) {
                bySession.merge(word.session(), word, (a, b) -> Said.ORDER.compare(a.said(), b.said()) > 0 ? a : b);
            }
        }
        List<TraineeFact> facts = new ArrayList<>(byKey.values());
        facts.removeIf(fact -> fact.entry().retracted());
        facts.sort(Comparator.comparing(TraineeFact::on).thenComparing(TraineeFact::key));
        List<MarkWord> marks = new ArrayList<>(bySession.values());
        marks.removeIf(word -> word.retracted());
        marks.sort(Comparator.comparing(MarkWord::day)
                .thenComparing(word -> word.session().value()));
        return new Known(facts, marks);
    }
}
