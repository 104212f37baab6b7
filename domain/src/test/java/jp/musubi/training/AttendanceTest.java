package jp.musubi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import jp.musubi.catalog.Sureness;
import jp.musubi.training.Attendance.Marked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttendanceTest {

    private static final FundingScheme.Attendance RULES = new FundingScheme.Attendance(
            OptionalInt.of(80), FundingScheme.Period.MONTH, 50, 100, 5, 20, Sureness.UNCONFIRMED);

    @Test
    void weighsSessionsByTheirTimeAndTheSchemesShares() {
        Attendance attendance = Attendance.of(
                List.of(
                        new Marked(Mark.PRESENT, 360),
                        new Marked(Mark.LATE, 180),
                        new Marked(Mark.EXCUSED, 60),
                        new Marked(Mark.ABSENT, 120)),
                RULES);

        assertThat(attendance).isEqualTo(new Attendance(36_000 + 9_000 + 6_000, 72_000));
        assertThat(attendance.percent().orElseThrow()).isEqualTo(100.0 * 51 / 72);
    }

    @Test
    void comparesWithTheMinimumWithoutRounding() {
        assertThat(new Attendance(79_999, 100_000).isAtLeast(80)).isFalse();
        assertThat(new Attendance(80_000, 100_000).isAtLeast(80)).isTrue();
        assertThat(Attendance.NONE.isAtLeast(80)).isTrue();
        assertThat(Attendance.NONE.percent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "○,PRESENT",
        "〇,PRESENT",
        "◯,PRESENT",
        "出席,PRESENT",
        "Ｏ,PRESENT",
        "×,ABSENT",
        "✕,ABSENT",
        "欠,ABSENT",
        "ｘ,ABSENT",
        "△,PARTIAL",
        "遅,LATE",
        "遅刻,LATE",
        "早,LEFT_EARLY",
        "早退,LEFT_EARLY",
        "公欠,EXCUSED",
        "present,PRESENT",
        "left early,LEFT_EARLY",
        "LEFT_EARLY,LEFT_EARLY"
    })
    void readsMarksAsPeopleWriteThem(String text, Mark mark) {
        assertThat(Mark.find(text)).contains(mark);
    }

    @ParameterizedTest
    @CsvSource({"?", "○×", "9", "-", "出張"})
    void doesNotGuess(String text) {
        assertThat(Mark.find(text)).isEmpty();
    }
}
