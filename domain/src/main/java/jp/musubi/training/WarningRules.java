package jp.musubi.training;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.training.Attendance.Marked;

/**
 * Finds what needs somebody's attention while a course runs, by the thresholds of its scheme. Pure: the same registers and
 * the same day give the same warnings.
 */
public final class WarningRules {

    /** How far back "lately" goes. */
    static final int LATELY_DAYS = 14;

    private WarningRules() {}

    /** A mark of somebody, current. */
    public record DayMark(LocalDate day, int minutes, Mark mark) {}

    /** Somebody who is in training, with all marks. */
    public record Member(TraineeId id, List<DayMark> marks) {

        public Member {
            marks = List.copyOf(marks);
        }
    }

    /**
     * A session of the timetable that was not cancelled.
     *
     * @param marks how many marks its register has
     */
    public record Held(LocalDate day, int number, int marks) {}

    /** All warnings on a day; marks and sessions of later days do not count. */
    public static List<Warning> warnings(
            FundingScheme scheme, List<Member> members, List<Held> sessions, LocalDate today) {
        List<Warning> warnings = new ArrayList<>();
        for (Member member : members) {
            attendanceFalling(scheme.attendance(), member, today).ifPresent(warnings::add);
            stipendAtRisk(scheme, member, today).ifPresent(warnings::add);
        }
        if (!members.isEmpty()) {
            sessions.forEach(
                    held -> registerMissing(scheme.reporting(), held, today).ifPresent(warnings::add));
        }
        return warnings;
    }

    private static Optional<Warning> attendanceFalling(FundingScheme.Attendance rules, Member member, LocalDate today) {
        LocalDate since = today.minusDays(LATELY_DAYS - 1L);
        Attendance lately = share(member, rules, since, today);
        Attendance before = share(member, rules, LocalDate.MIN, since.minusDays(1));
        if (!lately.isKnown() || !before.isKnown()) {
            return Optional.empty();
        }
        double now = lately.percent().orElse(0);
        double then = before.percent().orElse(0);
        if (then - now < rules.fallingPercent() || lately.attended() == lately.held()) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                WarningRule.ATTENDANCE_FALLING,
                "falling:" + member.id().value(),
                Optional.of(member.id()),
                Optional.empty(),
                BilingualText.of(
                        "直近" + LATELY_DAYS + "日の出席は" + figure(now) + "%、それまでは" + figure(then) + "%でした。",
                        "Attended " + figure(now) + " % in the last " + LATELY_DAYS + " days, " + figure(then)
                                + " % before.")));
    }

    private static Optional<Warning> stipendAtRisk(FundingScheme scheme, Member member, LocalDate today) {
        FundingScheme.Attendance rules = scheme.attendance();
        if (rules.minimumPercent().isEmpty()) {
            return Optional.empty();
        }
        boolean monthly = rules.period() == FundingScheme.Period.MONTH;
        YearMonth month = YearMonth.from(today);
        Attendance share = share(member, rules, monthly ? month.atDay(1) : LocalDate.MIN, today);
        int minimum = rules.minimumPercent().getAsInt();
        if (!share.isKnown() || share.isAtLeast(Math.min(100, minimum + rules.marginPercent()))) {
            return Optional.empty();
        }
        boolean below = !share.isAtLeast(minimum);
        String over = monthly ? month.toString() : "course";
        return Optional.of(new Warning(
                WarningRule.STIPEND_AT_RISK,
                "minimum:" + over + ":" + member.id().value(),
                Optional.of(member.id()),
                Optional.empty(),
                BilingualText.of(
                        (monthly ? month + " の" : "これまでの") + "出席は"
                                + figure(share.percent().orElse(0)) + "%。最低は" + minimum + "%で、"
                                + (below ? "下回っています。" : "あと少しです。"),
                        "Attended " + figure(share.percent().orElse(0)) + " % of " + (monthly ? month : "the course")
                                + "; the minimum is " + minimum + " %"
                                + (below ? ", which is missed." : ", which is near."))));
    }

    private static Optional<Warning> registerMissing(FundingScheme.Reporting reporting, Held held, LocalDate today) {
        LocalDate due = held.day().plusDays(reporting.registerWithinDays());
        if (held.marks() > 0 || !today.isAfter(due)) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                WarningRule.REGISTER_MISSING,
                "register:" + held.day() + ":" + held.number(),
                Optional.empty(),
                Optional.of(held.day()),
                BilingualText.of(
                        held.day() + " の授業の出席簿が、期限の " + due + " を過ぎても空です。",
                        "The register of " + held.day() + " is empty; it was due by " + due + ".")));
    }

    private static Attendance share(Member member, FundingScheme.Attendance rules, LocalDate from, LocalDate until) {
        return Attendance.of(
                member.marks().stream()
                        .filter(mark ->
                                !mark.day().isBefore(from) && !mark.day().isAfter(until))
                        .map(mark -> new Marked(mark.mark(), mark.minutes()))
                        .toList(),
                rules);
    }

    private static String figure(double percent) {
        return String.format(Locale.ROOT, "%.1f", percent);
    }
}
