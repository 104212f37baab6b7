package jp.musubi.training;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.identity.OrganisationId;
import jp.musubi.place.MunicipalityCode;

/** What one row of a list of cohorts, or a form, says: the course and one run of it. */
public record CohortRow(Course course, Run run) {

    /**
     * A course.
     *
     * @param number the sender's id of the course
     * @param municipality who commissions it
     * @param scheme code of the funding scheme
     * @param competency code of what it leads to
     */
    public record Course(
            String number,
            String title,
            CourseField field,
            MunicipalityCode municipality,
            String scheme,
            Optional<String> competency) {}

    /**
     * One run of a course.
     *
     * @param name what people call it; blank if it has no name of its own
     * @param office which office holds it
     * @param places how many trainees it takes
     */
    public record Run(
            String name, LocalDate startsOn, LocalDate endsOn, Optional<OrganisationId> office, OptionalInt places) {

        public Run {
            if (endsOn.isBefore(startsOn)) {
                throw new IllegalArgumentException("A cohort ends on " + endsOn + ", before it starts.");
            }
        }
    }

    /** Equal texts = equal content. */
    public String contentText() {
        return toString();
    }
}
