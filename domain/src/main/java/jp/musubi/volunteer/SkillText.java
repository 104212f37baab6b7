package jp.musubi.volunteer;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * How skills, seats and free days are written in one cell:
 *
 * <ul>
 *   <li>skills {@code care:2@2012-03-31; car} = code or name, level, last day of the licence;
 *   <li>seats {@code forklift=1; care:2=1; any=5};
 *   <li>free days {@code 2011-03-20; 2011-03-21 am; 2011-03-22..2011-03-25 pm}.
 * </ul>
 */
final class SkillText {

    private static final Pattern PARTS = Pattern.compile("[;;、\n]+");
    private static final Pattern SKILL = Pattern.compile("([^:@=]+?)\\s*(?::\\s*([^@=]+?))?\\s*(?:@\\s*(.+))?");
    private static final Pattern SEATS = Pattern.compile("([^:@=]+?)\\s*(?::\\s*([^@=]+?))?\\s*=\\s*(\\d{1,4})");
    private static final Pattern DAYS = Pattern.compile(
            "(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})(?:\\s*(?:\\.\\.|~|〜)\\s*(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}))?\\s*(am|pm|午前|午後|終日)?",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> ANYBODY = Set.of("any", "anybody", "誰でも", "だれでも", "不問");

    private static final int MOST_LINES = 6;
    private static final int LONGEST_SPAN = 366;

    private SkillText() {}

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : PARTS.split(Normalizer.normalize(text, Normalizer.Form.NFKC))) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    static Parsed<List<HeldSkill>> skills(String text) {
        Map<Skill, HeldSkill> held = new TreeMap<>();
        for (String part : parts(text)) {
            Matcher matcher = SKILL.matcher(part);
            if (!matcher.matches()) {
                return wrongSkills();
            }
            Optional<Skill> skill = Skill.findByName(matcher.group(1));
            if (skill.isEmpty()) {
                return unknown(matcher.group(1));
            }
            Optional<Integer> level = level(matcher.group(2));
            Optional<Optional<LocalDate>> until = lastDay(matcher.group(3));
            if (level.isEmpty() || until.isEmpty()) {
                return wrongSkills();
            }
            held.put(skill.get(), new HeldSkill(skill.get(), level.get(), until.get()));
        }
        return Parsed.value(List.copyOf(held.values()));
    }

    static Parsed<Skill> skill(String text) {
        return Skill.findByName(text).map(Parsed::value).orElseGet(() -> unknown(text));
    }

    static Parsed<List<SeatLine>> seats(String text) {
        List<SeatLine> lines = new ArrayList<>();
        for (String part : parts(text)) {
            Matcher matcher = SEATS.matcher(part);
            if (!matcher.matches()) {
                return wrongSeats();
            }
            boolean anybody = ANYBODY.contains(matcher.group(1).strip().toLowerCase(Locale.ROOT));
            Optional<Skill> skill = anybody ? Optional.empty() : Skill.findByName(matcher.group(1));
            if (!anybody && skill.isEmpty()) {
                return unknown(matcher.group(1));
            }
            Optional<Integer> level = level(matcher.group(2));
            int count = Integer.parseInt(matcher.group(3));
            if (level.isEmpty() || count < 1 || count > SeatLine.MOST_SEATS) {
                return wrongSeats();
            }
            lines.add(new SeatLine(lines.size() + 1, skill, level.get(), count));
        }
        return lines.isEmpty() || lines.size() > MOST_LINES ? wrongSeats() : Parsed.value(lines);
    }

    static Parsed<Availability> days(String text) {
        Map<LocalDate, Set<HalfDay>> days = new TreeMap<>();
        for (String part : parts(text)) {
            Matcher matcher = DAYS.matcher(part);
            if (!matcher.matches()) {
                return wrongDays();
            }
            try {
                LocalDate from = date(matcher.group(1));
                LocalDate to = matcher.group(2) == null ? from : date(matcher.group(2));
                if (to.isBefore(from) || from.plusDays(LONGEST_SPAN).isBefore(to)) {
                    return wrongDays();
                }
                for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                    days.computeIfAbsent(day, key -> EnumSet.noneOf(HalfDay.class))
                            .addAll(halves(matcher.group(3)));
                }
            } catch (DateTimeException e) {
                return wrongDays();
            }
        }
        return Parsed.value(Availability.of(days));
    }

    /** As {@link #days} reads it, days in a row joined. */
    static String write(Availability availability) {
        StringBuilder text = new StringBuilder();
        LocalDate first = null;
        LocalDate last = null;
        Set<HalfDay> halves = Set.of();
        for (Map.Entry<LocalDate, Set<HalfDay>> entry : availability.days().entrySet()) {
            if (last != null && last.plusDays(1).equals(entry.getKey()) && halves.equals(entry.getValue())) {
                last = entry.getKey();
                continue;
            }
            append(text, first, last, halves);
            first = entry.getKey();
            last = first;
            halves = entry.getValue();
        }
        append(text, first, last, halves);
        return text.toString();
    }

    private static void append(
            StringBuilder text, @Nullable LocalDate first, @Nullable LocalDate last, Set<HalfDay> halves) {
        if (first == null || last == null) {
            return;
        }
        text.append(text.isEmpty() ? "" : "; ").append(first);
        if (!first.equals(last)) {
            text.append("..").append(last);
        }
        if (halves.size() == 1) {
            text.append(halves.contains(HalfDay.MORNING) ? " am" : " pm");
        }
    }

    static String write(List<HeldSkill> skills) {
        return skills.stream()
                .map(held -> held.skill().code()
                        + (held.level() == 1 ? "" : ":" + held.level())
                        + held.validUntil().map(day -> "@" + day).orElse(""))
                .collect(Collectors.joining("; "));
    }

    static String writeSeats(List<SeatLine> lines) {
        return lines.stream()
                .map(line -> line.skill().map(Skill::code).orElse("any")
                        + (line.level() == 1 ? "" : ":" + line.level())
                        + "=" + line.seats())
                .collect(Collectors.joining("; "));
    }

    private static Set<HalfDay> halves(@Nullable String word) {
        if (word == null || word.equals("終日")) {
            return EnumSet.allOf(HalfDay.class);
        }
        return word.equals("午前") || word.equalsIgnoreCase("am")
                ? EnumSet.of(HalfDay.MORNING)
                : EnumSet.of(HalfDay.AFTERNOON);
    }

    private static LocalDate date(String text) {
        String[] parts = text.split("[-/]", -1);
        return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static Optional<Integer> level(@Nullable String text) {
        if (text == null) {
            return Optional.of(1);
        }
        return text.matches("[1-3]") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** Empty outside = wrong, empty inside = none. */
    private static Optional<Optional<LocalDate>> lastDay(@Nullable String text) {
        if (text == null) {
            return Optional.of(Optional.empty());
        }
        try {
            return text.matches("\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}")
                    ? Optional.of(Optional.of(date(text)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <V> Parsed<V> unknown(String written) {
        List<Skill> similar = Skill.listSimilar(written);
        List<Skill> named = similar.isEmpty() ? List.of(Skill.values()) : similar;
        String ja = named.stream()
                .map(skill -> skill.code() + "(" + skill.label().ja() + ")")
                .collect(Collectors.joining("、"));
        String en = named.stream()
                .map(skill -> skill.code() + " (" + skill.label().en() + ")")
                .collect(Collectors.joining(", "));
        return Parsed.wrong(
                "unknown-skill",
                BilingualText.of(
                        "登録のある技能。「" + written.strip() + "」はありません",
                        "A known skill; there is no \"" + written.strip() + "\""),
                similar.isEmpty()
                        ? BilingualText.of("次のどれかを書いてください: " + ja, "Write one of these: " + en)
                        : BilingualText.of("もしかして: " + ja, "Maybe: " + en));
    }

    private static <V> Parsed<V> wrongSkills() {
        return Parsed.wrong(
                "not-skills",
                BilingualText.of(
                        "技能、段階(1〜3)、免許の期限(例 care:2@2012-03-31; car)",
                        "Skills with level 1 to 3 and the last day of a licence, e.g. care:2@2012-03-31; car"),
                BilingualText.of("例のように書き、「;」で区切ってください。", "Write them like the example, with ; between them."));
    }

    private static <V> Parsed<V> wrongSeats() {
        return Parsed.wrong(
                "not-seats",
                BilingualText.of(
                        "技能と人数、6行まで、1行1〜" + SeatLine.MOST_SEATS + "人(例 forklift=1; any=5)",
                        "Up to 6 skills with 1 to " + SeatLine.MOST_SEATS + " people each, e.g. forklift=1; any=5"),
                BilingualText.of("例のように書き、「;」で区切ってください。", "Write them like the example, with ; between them."));
    }

    private static <V> Parsed<V> wrongDays() {
        return Parsed.wrong(
                "not-days",
                BilingualText.of(
                        "活動できる日(例 2011-03-20; 2011-03-21 午前; 2011-03-22..2011-03-25)",
                        "Free days, e.g. 2011-03-20; 2011-03-21 am; 2011-03-22..2011-03-25"),
                BilingualText.of("例のように書き、「;」で区切ってください。", "Write them like the example, with ; between them."));
    }
}
