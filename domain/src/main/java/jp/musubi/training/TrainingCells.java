package jp.musubi.training;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;

/** Cells that several kinds of files about training have. */
final class TrainingCells {

    static final int LONGEST_ID = 100;

    static final Column SAID_AT = Column.optional("said_at", "記入日時", "Said at")
            .alsoCalled("記録日時", "reported at", "報告日時")
            .hxl("#date+reported")
            .example("2011-10-05T17:00:00+09:00");

    static final CellParser<Mark> MARK = text -> Mark.find(text)
            .map(Parsed::value)
            .orElseGet(() -> Parsed.wrong(
                    "unknown-mark",
                    BilingualText.of(
                            "○ 遅 早 △ 公 × のどれか",
                            "One of ○ (present), 遅 (late), 早 (left early), △ (in part), 公 (excused), × (absent)"),
                    BilingualText.of(
                            "出席の記号に直してください。その日に授業のない人のセルは空にします。",
                            "Use one of these marks. Leave the cell blank for somebody who had no class that day.")));

    private TrainingCells() {}

    /** Code and both labels of each constant. */
    static <E> Map<String, E> words(E[] values, Function<E, String> code, Function<E, BilingualText> label) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(code.apply(value), value);
            words.put(label.apply(value).ja(), value);
            words.put(label.apply(value).en(), value);
        }
        return words;
    }

    /** A day that is not after today in real time: nobody can report what has not happened. */
    static Optional<LocalDate> pastDay(Cells cells, String column, LocalDate today, boolean required) {
        Optional<LocalDate> day =
                required ? cells.required(column, CellParsers.date()) : cells.optional(column, CellParsers.date());
        if (day.isPresent() && day.get().isAfter(today)) {
            cells.problem(
                    column,
                    "in-the-future",
                    BilingualText.of("今日までの日", "A day up to today"),
                    BilingualText.of(
                            "年を確かめてください。まだ起きていないことは記録できません。",
                            "Check the year. What has not happened yet cannot be recorded."));
        }
        return day;
    }

    /** One of several records that may share a number, or what to do if none or several do. */
    static <V> CellParser<V> known(Function<String, List<V>> lookup, BilingualText what, BilingualText remedy) {
        return text -> {
            List<V> found = text.length() > LONGEST_ID ? List.of() : lookup.apply(text);
            if (found.size() == 1) {
                return Parsed.value(found.get(0));
            }
            return found.isEmpty()
                    ? Parsed.wrong("not-known", what, remedy)
                    : Parsed.wrong(
                            "ambiguous",
                            BilingualText.of("一つに決まる番号", "An id that only one record has"),
                            BilingualText.of(
                                    "同じ番号が複数の一覧にあります。元の一覧と同じ送り元で取り込んでください。",
                                    "Several lists use this id. Import the file under the source of its list."));
        };
    }

    static CellParser<TraineeRef> trainee(Function<String, List<TraineeRef>> lookup) {
        return known(
                lookup,
                BilingualText.of("登録済みの受講者番号", "The id of a known trainee"),
                BilingualText.of(
                        "番号を確かめるか、受講者の一覧を先に取り込んでください。", "Check the id, or import the list of trainees first."));
    }

    /** Says that a row is about people of an office that is not the sender's. */
    static void notYours(Cells cells, String column) {
        cells.problem(
                column,
                "not-your-office",
                BilingualText.of("ご自分の事業所・地域の受講期", "A cohort of your own office or region"),
                BilingualText.of(
                        "担当の人に送ってもらうか、権限を管理者に頼んでください。",
                        "Let whoever is in charge send it, or ask an administrator for access."));
    }

    /** A day as it stands in an id: written in one way, however the file writes it. */
    static String dayKey(String text) {
        return CellParsers.date().parse(text) instanceof Parsed.Value<LocalDate> day
                ? day.value().toString()
                : text;
    }
}
