package jp.musubi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.musubi.training.TraineeHistory.MarkWord;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TraineeHistoryTest {

    private static final Instant MONDAY = Instant.parse("2011-10-10T00:00:00Z");
    private static final Instant TUESDAY = MONDAY.plusSeconds(86_400);
    private static final List<Mark> MARKS = List.of(Mark.values());
    private static final LocalDate DAY = LocalDate.of(2011, 10, 3);

    @Test
    void keepsWhatWasKnownBeforeACorrection() {
        TraineeFact wrong = enrolled("2011-09-10", MONDAY, MONDAY);
        TraineeFact right = enrolled("2011-09-20", TUESDAY, TUESDAY);
        TraineeHistory history = new TraineeHistory(List.of(right, wrong), List.of());

        assertThat(history.knownOn(MONDAY).facts()).containsExactly(wrong);
        assertThat(history.knownOn(MONDAY.minusSeconds(1)).facts()).isEmpty();
        assertThat(history.known().facts()).containsExactly(right);
    }

    @Test
    void letsTheWordSaidLastHoldHoweverLateItArrives() {
        TraineeFact saidLater = enrolled("2011-09-20", TUESDAY, TUESDAY);
        TraineeFact arrivedLater = enrolled("2011-09-10", MONDAY, TUESDAY.plusSeconds(3_600));

        assertThat(new TraineeHistory(List.of(saidLater, arrivedLater), List.of())
                        .known()
                        .facts())
                .containsExactly(saidLater);
    }

    @Test
    void forgetsNothingWhenAFactIsTakenBack() {
        TraineeFact said = enrolled("2011-09-20", MONDAY, MONDAY);
        TraineeFact takenBack = new TraineeFact(said.entry().takenBack(), Said.now(TUESDAY, Optional.empty()));
        TraineeHistory history = new TraineeHistory(List.of(said, takenBack), List.of());

        assertThat(history.known().facts()).isEmpty();
        assertThat(history.knownOn(MONDAY).facts()).containsExactly(said);
    }

    @Test
    void findsTheFirstDayOnWhichSomebodyWasThere() {
        List<MarkWord> marks = List.of(
                mark(1, DAY, Mark.ABSENT, MONDAY),
                mark(2, DAY.plusDays(1), Mark.LATE, MONDAY),
                mark(3, DAY.plusDays(2), Mark.PRESENT, MONDAY));

        assertThat(new TraineeHistory(List.of(), marks).known().firstDayThere()).contains(DAY.plusDays(1));
    }

    /** Repeats and any order of arrival lead to the same state, as long as every word says when it was said. */
    @Property(tries = 200)
    void comesToTheSameStateInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<MarkWord> words = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            words.add(
                    mark(random.nextInt(4), DAY, MARKS.get(random.nextInt(MARKS.size())), MONDAY.plusSeconds(60L * i)));
        }
        TraineeHistory.Known known = new TraineeHistory(List.of(), words).known();
        List<MarkWord> shuffled = new ArrayList<>(words);
        shuffled.addAll(words.subList(0, 10));
        Collections.shuffle(shuffled, random);

        assertThat(new TraineeHistory(List.of(), shuffled).known()).isEqualTo(known);
        assertThat(known.marks())
                .hasSize((int) words.stream().map(MarkWord::session).distinct().count());
    }

    private static TraineeFact enrolled(String on, Instant saidAt, Instant recordedAt) {
        return new TraineeFact(
                FactEntry.milestone(FactKind.ENROLLED, LocalDate.parse(on)),
                new Said(saidAt, recordedAt, Optional.empty(), "main", Optional.empty(), 0));
    }

    private static MarkWord mark(long session, LocalDate day, Mark mark, Instant said) {
        return new MarkWord(new SessionId(session), day, 360, mark, false, Said.now(said, Optional.empty()));
    }
}
