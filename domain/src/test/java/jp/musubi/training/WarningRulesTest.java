package jp.musubi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.BilingualText;
import jp.musubi.training.WarningRules.DayMark;
import jp.musubi.training.WarningRules.Held;
import jp.musubi.training.WarningRules.Member;
import org.junit.jupiter.api.Test;

class WarningRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2011, 11, 30);

    @Test
    void warnsNearAndBelowTheMinimumOfTheMonth() {
        FundingScheme scheme = scheme(OptionalInt.of(80), FundingScheme.Period.MONTH);

        assertThat(of(scheme, marks(20, 0))).isEmpty();
        assertThat(of(scheme, marks(17, 3))).as("85 % is the margin itself").isEmpty();
        assertThat(of(scheme, marks(21, 4))).singleElement().satisfies(warning -> {
            assertThat(warning.rule()).isEqualTo(WarningRule.STIPEND_AT_RISK);
            assertThat(warning.key()).isEqualTo("minimum:2011-11:1");
            assertThat(warning.reason().en()).contains("84.0 %").contains("near");
        });
        assertThat(of(scheme, marks(15, 5)).get(0).reason().ja())
                .contains("75.0%")
                .contains("下回っています");
        assertThat(of(scheme(OptionalInt.empty(), FundingScheme.Period.MONTH), marks(1, 19)))
                .isEmpty();
    }

    @Test
    void takesTheWholeCourseWhereTheSchemeDoes() {
        List<DayMark> marks = new ArrayList<>(marks(20, 0));
        for (int i = 0; i < 6; i++) {
            marks.add(new DayMark(LocalDate.of(2011, 10, 3).plusDays(i), 360, Mark.ABSENT));
        }

        assertThat(of(scheme(OptionalInt.of(80), FundingScheme.Period.COURSE), marks))
                .extracting(Warning::key)
                .containsExactly("minimum:course:1");
        assertThat(of(scheme(OptionalInt.of(80), FundingScheme.Period.MONTH), marks))
                .isEmpty();
    }

    @Test
    void noticesWhoComesLessThanBefore() {
        List<DayMark> marks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            marks.add(new DayMark(TODAY.minusDays(20 + i), 360, Mark.PRESENT));
            marks.add(new DayMark(TODAY.minusDays(i), 360, i < 2 ? Mark.ABSENT : Mark.PRESENT));
        }
        FundingScheme scheme = scheme(OptionalInt.empty(), FundingScheme.Period.COURSE);

        assertThat(of(scheme, marks)).singleElement().satisfies(warning -> {
            assertThat(warning.rule()).isEqualTo(WarningRule.ATTENDANCE_FALLING);
            assertThat(warning.reason().en()).contains("80.0 %").contains("100.0 %");
        });
        marks.set(1, new DayMark(TODAY, 360, Mark.PRESENT));
        assertThat(of(scheme, marks))
                .as("10 points are less than the scheme's 20")
                .isEmpty();
    }

    @Test
    void asksForRegistersWhenTheirDaysAreOver() {
        FundingScheme scheme = scheme(OptionalInt.empty(), FundingScheme.Period.COURSE);
        List<Held> sessions = List.of(
                new Held(TODAY.minusDays(4), 1, 0),
                new Held(TODAY.minusDays(4), 2, 5),
                new Held(TODAY.minusDays(3), 1, 0));

        assertThat(WarningRules.warnings(scheme, List.of(new Member(new TraineeId(1), List.of())), sessions, TODAY))
                .extracting(Warning::key)
                .containsExactly("register:2011-11-26:1");
        assertThat(WarningRules.warnings(scheme, List.of(), sessions, TODAY))
                .as("nobody is in training")
                .isEmpty();
    }

    private static List<Warning> of(FundingScheme scheme, List<DayMark> marks) {
        return WarningRules.warnings(scheme, List.of(new Member(new TraineeId(1), marks)), List.of(), TODAY);
    }

    /** So many days of November, the absent ones spread evenly so that nothing falls. */
    private static List<DayMark> marks(int present, int absent) {
        List<DayMark> marks = new ArrayList<>();
        for (int i = 0; i < present + absent; i++) {
            marks.add(new DayMark(
                    LocalDate.of(2011, 11, 1).plusDays(i),
                    360,
                    absent > 0 && i % ((present + absent) / absent) == 0 && i / ((present + absent) / absent) < absent
                            ? Mark.ABSENT
                            : Mark.PRESENT));
        }
        return marks;
    }

    private static FundingScheme scheme(OptionalInt minimum, FundingScheme.Period period) {
        return new FundingScheme(
                "test",
                BilingualText.EMPTY,
                Optional.empty(),
                Optional.empty(),
                new FundingScheme.Attendance(minimum, period, 50, 100, 5, 20, Sureness.UNCONFIRMED),
                new FundingScheme.Stipend(OptionalInt.empty(), false, Sureness.UNCONFIRMED),
                new FundingScheme.Reporting(OptionalInt.empty(), 3, Sureness.UNCONFIRMED),
                new FundingScheme.Places(0, 0),
                BilingualText.EMPTY);
    }
}
