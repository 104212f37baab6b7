package jp.musubi.training;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;

/**
 * A cohort as rows refer to one.
 *
 * @param startsOn first day of the course
 * @param endsOn last day of the course
 * @param mayWrite whether whoever sends the row may write about this cohort
 */
public record CohortRef(CohortId id, LocalDate startsOn, LocalDate endsOn, boolean mayWrite) {

    /** Whether a day lies within the course. */
    boolean holds(LocalDate day) {
        return !day.isBefore(startsOn) && !day.isAfter(endsOn);
    }

    static CellParser<CohortRef> parser(Function<String, List<CohortRef>> cohorts) {
        return TrainingCells.known(
                cohorts,
                BilingualText.of("登録済みの受講期番号", "The id of a known cohort"),
                BilingualText.of("番号を確かめるか、受講期の一覧を先に取り込んでください。", "Check the id, or import the list of cohorts first."));
    }
}
