package jp.musubi.inbox;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser.Parsed;

/** Cells that every kind has. Digits, signs and letters of full width are read like those of half width. */
public final class CellParsers {

    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern WHOLE_WITH_ZEROS = Pattern.compile("([+-]?\\d{1,19})\\.0+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,20})?");
    private static final Pattern LOCAL_TIME = Pattern.compile("\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}([T ]\\d{1,2}:.*)?");
    private static final BilingualText TIME_EXPECTED = BilingualText.of(
            "時差つきの日時(例 2011-03-14T09:00:00+09:00)", "A time with its offset, e.g. 2011-03-14T09:00:00+09:00");

    private static final CellParser<Boolean> YES_OR_NO = oneOf(Map.ofEntries(
            Map.entry("yes", true),
            Map.entry("y", true),
            Map.entry("true", true),
            Map.entry("1", true),
            Map.entry("はい", true),
            Map.entry("有", true),
            Map.entry("あり", true),
            Map.entry("○", true),
            Map.entry("〇", true),
            Map.entry("no", false),
            Map.entry("n", false),
            Map.entry("false", false),
            Map.entry("0", false),
            Map.entry("いいえ", false),
            Map.entry("無", false),
            Map.entry("なし", false),
            Map.entry("×", false)));

    private CellParsers() {}

    /** Any text of at most {@code most} characters without control characters. */
    public static CellParser<String> text(int most) {
        return text -> {
            if (text.length() > most) {
                return Parsed.wrong(
                        "too-long",
                        BilingualText.of(most + "文字まで", "At most " + most + " characters"),
                        BilingualText.of("短くしてください。", "Shorten it."));
            }
            if (hasControlCharacter(text)) {
                return Parsed.wrong(
                        "control-character",
                        BilingualText.of("文字だけ", "Text without control characters"),
                        BilingualText.of("セルを入力し直してください。", "Type the cell again."));
            }
            return Parsed.value(text);
        };
    }

    /** A whole number in a range, with or without grouping commas ({@code 1,200}); {@code 300.0} is read as 300. */
    public static CellParser<Long> wholeNumber(long least, long most) {
        return text -> {
            String plain = halfWidth(text);
            if (plain.indexOf(',') >= 0 && GROUPED.matcher(plain).matches()) {
                plain = plain.replace(",", "");
            }
            if (plain.indexOf('.') >= 0) {
                var zeros = WHOLE_WITH_ZEROS.matcher(plain);
                plain = zeros.matches() ? zeros.group(1) : plain;
            }
            if (WHOLE.matcher(plain).matches()) {
                try {
                    long value = Long.parseLong(plain);
                    return value >= least && value <= most
                            ? Parsed.value(value)
                            : Parsed.wrong(
                                    "out-of-range",
                                    wholeRange(least, most),
                                    BilingualText.of("範囲内の数にしてください。", "Give a number in this range."));
                } catch (NumberFormatException e) {
                    return Parsed.wrong(
                            "out-of-range",
                            wholeRange(least, most),
                            BilingualText.of("範囲内の数にしてください。", "Give a number in this range."));
                }
            }
            return Parsed.wrong(
                    "not-a-whole-number",
                    wholeRange(least, most),
                    BilingualText.of("数字だけを入れ、単位は単位の列に書いてください。", "Write digits only; the unit has its own column."));
        };
    }

    private static BilingualText wholeRange(long least, long most) {
        return BilingualText.of(
                String.format(Locale.ROOT, "%,d から %,d までの整数", least, most),
                String.format(Locale.ROOT, "A whole number from %,d to %,d", least, most));
    }

    /** A decimal number with a point, in a range, both ends included. */
    public static CellParser<Double> decimal(double least, double most) {
        return text -> {
            String plain = halfWidth(text);
            if (!DECIMAL.matcher(plain).matches()) {
                return Parsed.wrong(
                        "not-a-number",
                        decimalRange(least, most),
                        BilingualText.of("小数点つきの数字で書いてください(例 38.26)。", "Write digits with a point, e.g. 38.26."));
            }
            double value = Double.parseDouble(plain);
            return value >= least && value <= most
                    ? Parsed.value(value)
                    : Parsed.wrong(
                            "out-of-range",
                            decimalRange(least, most),
                            BilingualText.of("範囲内の数にしてください。", "Give a number in this range."));
        };
    }

    private static BilingualText decimalRange(double least, double most) {
        return BilingualText.of(
                number(least) + " から " + number(most) + " までの数",
                "A number from " + number(least) + " to " + number(most));
    }

    /** An ISO 8601 time with an offset or Z. A time without one is wrong, because nobody can know whose clock it was. */
    public static CellParser<Instant> time() {
        return text -> {
            String plain = halfWidth(text);
            try {
                return Parsed.value(
                        OffsetDateTime.parse(plain.replace(' ', 'T'), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException e) {
                return LOCAL_TIME.matcher(plain).matches()
                        ? Parsed.wrong(
                                "time-without-offset",
                                TIME_EXPECTED,
                                BilingualText.of(
                                        "日本の時刻なら末尾に +09:00 をつけ、表計算では文字列として入力してください。",
                                        "Add +09:00 if it is Japan's time, as text if you use a spreadsheet."))
                        : Parsed.wrong(
                                "not-a-time",
                                TIME_EXPECTED,
                                BilingualText.of("例の形で書き直してください。", "Write it like the example."));
            }
        };
    }

    /** A calendar date, {@code 2011-03-14} or {@code 2011/3/14}. */
    public static CellParser<LocalDate> date() {
        return text -> {
            String[] parts = halfWidth(text).split("[-/]", -1);
            try {
                if (parts.length == 3 && parts[0].length() == 4) {
                    return Parsed.value(LocalDate.of(
                            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
                }
            } catch (DateTimeException | NumberFormatException e) {
                // said below
            }
            return Parsed.wrong(
                    "not-a-date",
                    BilingualText.of("日付(例 2011-03-14)", "A date, e.g. 2011-03-14"),
                    BilingualText.of("例の形で書き直してください。", "Write it like the example."));
        };
    }

    /** Yes or no in either language; also 1/0, true/false, ○/×. */
    public static CellParser<Boolean> yesNo() {
        return YES_OR_NO;
    }

    /** One word of a list; case and width do not matter. Make it once and keep it: the list is prepared here. */
    public static <V> CellParser<V> oneOf(Map<String, V> words) {
        Map<String, V> folded = words.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> halfWidth(entry.getKey()).toLowerCase(Locale.ROOT), Map.Entry::getValue, (a, b) -> a));
        String list = words.keySet().stream().sorted().limit(20).collect(Collectors.joining(", "));
        return text -> Optional.ofNullable(folded.get(halfWidth(text).toLowerCase(Locale.ROOT)))
                .map(Parsed::value)
                .orElseGet(() -> Parsed.wrong(
                        "unknown-word",
                        BilingualText.of("次のどれか: " + list, "One of: " + list),
                        BilingualText.of("一覧のことばを使ってください。", "Use a word of the list.")));
    }

    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                return true;
            }
        }
        return false;
    }

    private static String halfWidth(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
            }
        }
        return text;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
