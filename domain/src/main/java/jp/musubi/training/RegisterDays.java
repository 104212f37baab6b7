package jp.musubi.training;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.OpenColumns;
import jp.musubi.inbox.Row;

/**
 * The days across a register as people make it: {@code 2011-10-03}, {@code 10/3}, {@code 10月3日(月)}, or the month above and
 * only {@code 3} below; {@code 2限} or {@code -2} behind a day says which session of it. A day is written as
 * {@code 2011-10-03} or, where nothing says the year, {@code --10-03}; a session follows as {@code #2}.
 */
final class RegisterDays implements OpenColumns {

    private static final Pattern FULL =
            Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?(.*)");
    private static final Pattern WITHOUT_YEAR = Pattern.compile("(?:--)?(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?(.*)");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})\\s*日?(.*)");
    private static final Pattern SESSION =
            Pattern.compile("\\s*(?:[-#]\\s*(\\d{1,2})|(\\d{1,2})\\s*限目?|[(].[)]|T00:00:00|[月火水木金土日])?\\s*"
                    + "(?:[-#]?\\s*(\\d{1,2})\\s*限目?)?");
    private static final Pattern MONTH = Pattern.compile("(\\d{1,2})\\s*月");
    private static final Pattern YEAR =
            Pattern.compile("(\\d{4})\\s*年(?!度)|(平成|令和|H|R)\\s*(\\d{1,2}|元)(?!\\d)(?!\\s*年度)");
    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{4})-|--)(\\d{2})-(\\d{2})(?:#(\\d{1,2}))?");
    private static final Pattern WEEKDAY = Pattern.compile("[(]?[月火水木金土日][)]?|曜日?");

    /**
     * A day across.
     *
     * @param year empty where the sheet does not say it
     * @param session which session of the day; empty where the sheet does not say it
     */
    record Across(Optional<Integer> year, MonthDay day, OptionalInt session) {

        /** Whether this may be that day. */
        boolean fits(LocalDate date) {
            return MonthDay.from(date).equals(day)
                    && year.map(known -> known == date.getYear()).orElse(true);
        }
    }

    /** What {@link #read} wrote. */
    static Optional<Across> across(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String year = matcher.group(1);
        String session = matcher.group(4);
        return Optional.of(new Across(
                year == null ? Optional.empty() : Optional.of(Integer.valueOf(year)),
                MonthDay.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))),
                session == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(session))));
    }

    @Override
    public Optional<String> read(List<String> names, String above) {
        String lowest = plain(names.get(names.size() - 1));
        String group = names.size() > 1 ? plain(names.get(0)) : "";
        if (lowest.isEmpty()) {
            return Optional.empty();
        }
        String around = group + " " + plain(above);
        Matcher full = FULL.matcher(lowest);
        if (full.matches()) {
            return written(Optional.of(full.group(1)), full.group(2), full.group(3), full.group(4));
        }
        Matcher withoutYear = WITHOUT_YEAR.matcher(lowest);
        if (withoutYear.matches()) {
            return written(year(around), withoutYear.group(1), withoutYear.group(2), withoutYear.group(3));
        }
        Matcher day = DAY.matcher(lowest);
        Matcher month = MONTH.matcher(around);
        return day.matches() && month.find()
                ? written(year(around), month.group(1), day.group(1), day.group(2))
                : Optional.empty();
    }

    private static Optional<String> written(Optional<String> year, String month, String day, String behind) {
        Matcher session = SESSION.matcher(behind);
        if (!session.matches()) {
            return Optional.empty();
        }
        try {
            MonthDay monthDay = MonthDay.of(Integer.parseInt(month), Integer.parseInt(day));
            if (year.isPresent() && !monthDay.isValidYear(Integer.parseInt(year.get()))) {
                return Optional.empty();
            }
            String number = "";
            for (int i = 1; i <= session.groupCount(); i++) {
                String group = session.group(i);
                number = group == null ? number : "#" + Integer.parseInt(group);
            }
            // MonthDay writes itself as --10-03.
            return Optional.of(
                    year.map(known -> known + monthDay.toString().substring(1)).orElse(monthDay.toString()) + number);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The year a title or a merged cell says, also by era. A fiscal year (年度) says no year: it ends in March. */
    private static Optional<String> year(String text) {
        Matcher matcher = YEAR.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        if (matcher.group(1) != null) {
            return Optional.of(matcher.group(1));
        }
        int before = matcher.group(2).equals("平成") || matcher.group(2).equals("H") ? 1988 : 2018;
        int of = matcher.group(3).equals("元") ? 1 : Integer.parseInt(matcher.group(3));
        return Optional.of(Integer.toString(before + of));
    }

    @Override
    public boolean isHeader(ColumnMatch own) {
        boolean who =
                own.positions().containsKey("trainee_id") || own.positions().containsKey("name");
        return who && !own.positions().containsKey("mark");
    }

    @Override
    public boolean isDecoration(Row row) {
        if (row.hasColumn("mark")) {
            return false;
        }
        if (row.text("trainee_id").isPresent() || row.text("name").isPresent()) {
            return false;
        }
        return row.values().stream()
                .map(RegisterDays::plain)
                .allMatch(text -> text.isEmpty() || WEEKDAY.matcher(text).matches());
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }
}
