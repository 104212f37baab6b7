package jp.musubi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterDaysTest {

    private final RegisterDays days = new RegisterDays();

    @ParameterizedTest
    @CsvSource({
        "2011-10-03, '', 2011-10-03",
        "2011/10/3, '', 2011-10-03",
        "２０１１年１０月３日, '', 2011-10-03",
        "2011-10-03T00:00:00, '', 2011-10-03",
        "10/3, '', --10-03",
        "10月3日(月), '', --10-03",
        "10/3(月), 出席簿 2011年度ではない, --10-03",
        "10/3, 平成23年10月 登米市, 2011-10-03",
        "10/3, 2011年10月分 出席簿, 2011-10-03",
        "10/3 2限, 2011年, 2011-10-03#2",
        "10/3-2, 2011年, 2011-10-03#2",
        "2011-10-03#2, '', 2011-10-03#2",
        "--10-03, '', --10-03",
        "3, 平成23年10月 登米市, 2011-10-03",
        "3日(月), 10月, --10-03",
        "2/29, 2012年, 2012-02-29"
    })
    void readsDaysAsPeopleWriteThem(String header, String above, String written) {
        assertThat(days.read(List.of(header), above)).contains(written);
        assertThat(days.read(List.of(written), ""))
                .as("what was written is read again")
                .contains(written);
    }

    @ParameterizedTest
    @CsvSource({"3, 登米市", "32, 10月", "13/3, 2011年", "出席率, 2011年10月", "計, 10月", "2/30, ''", "2/29, 2011年", "備考, ''"})
    void doesNotTakeNotesForDays(String header, String above) {
        assertThat(days.read(List.of(header), above)).isEmpty();
    }

    @Test
    void takesTheMonthFromTheMergedCellAboveAndNotFromTheTitle() {
        assertThat(days.read(List.of("11月", "3"), "2011年10月から")).contains("2011-11-03");
    }

    @Test
    void fitsOnlyItsDay() {
        RegisterDays.Across across = RegisterDays.across("--10-03#2").orElseThrow();
        assertThat(across.fits(LocalDate.of(2012, 10, 3))).isTrue();
        assertThat(across.fits(LocalDate.of(2012, 10, 4))).isFalse();
        assertThat(across.session()).hasValue(2);
        assertThat(RegisterDays.across("備考")).isEqualTo(Optional.empty());
        assertThat(Arrays.asList(AttendanceRows.letters(0), AttendanceRows.letters(25), AttendanceRows.letters(26)))
                .containsExactly("A", "Z", "AA");
    }

    @Property(tries = 366)
    void readsEveryDayOfAYearInEveryForm(@ForAll @IntRange(min = 1, max = 366) int dayOfYear) {
        LocalDate day = LocalDate.ofYearDay(2012, dayOfYear);
        String month = day.getMonthValue() + "月";
        for (List<String> names : List.of(
                List.of(day.toString()),
                List.of(day.getMonthValue() + "/" + day.getDayOfMonth()),
                List.of(month + day.getDayOfMonth() + "日"),
                List.of(month, Integer.toString(day.getDayOfMonth())))) {
            assertThat(days.read(names, "平成24年 登米")).as("%s", names).contains(day.toString());
        }
        assertThat(days.read(List.of(month, "" + day.getDayOfMonth()), ""))
                .contains(MonthDay.from(day).toString());
    }
}
