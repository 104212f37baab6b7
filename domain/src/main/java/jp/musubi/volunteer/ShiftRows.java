package jp.musubi.volunteer;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/** How a row of a file, or a form with the same fields, becomes a shift. */
public final class ShiftRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("shift_id", "シフト番号", "Shift id")
                    .alsoCalled("id", "番号", "枠番号")
                    .hxl("#meta+id")
                    .example("S-0001"),
            Column.optional("activity_id", "活動番号", "Activity id")
                    .alsoCalled("活動ID")
                    .hxl("#activity+code")
                    .example("A-001"),
            Column.required("title", "活動名", "Title")
                    .alsoCalled("活動", "件名", "activity")
                    .hxl("#activity+name")
                    .example("側溝の泥出し"),
            Column.required("kind", "活動の種類", "Kind")
                    .alsoCalled("種類", "種別", "type")
                    .hxl("#activity+type")
                    .example("cleaning"),
            Column.optional("community_id", "避難所番号", "Community id")
                    .alsoCalled("避難所ID", "施設ID", "shelter_id")
                    .hxl("#loc+code")
                    .example("C-03461-S1"),
            Column.optional("hub_id", "拠点番号", "Hub id")
                    .alsoCalled("拠点ID")
                    .hxl("#loc+hub")
                    .example("H-01"),
            Column.required("day", "日", "Day")
                    .alsoCalled("日付", "活動日", "date")
                    .hxl("#date")
                    .example("2011-03-20"),
            Column.optional("from", "開始", "From")
                    .alsoCalled("開始時刻", "start")
                    .hxl("#date+start")
                    .example("09:00"),
            Column.optional("to", "終了", "To")
                    .alsoCalled("終了時刻", "end")
                    .hxl("#date+end")
                    .example("15:00"),
            Column.optional("half", "半日", "Half day")
                    .alsoCalled("午前午後", "時間帯")
                    .hxl("#date+half")
                    .example("am"),
            Column.required("seats", "必要な人数", "Seats")
                    .alsoCalled("人数", "募集人数", "people")
                    .hxl("#capacity+seats")
                    .example("debris=2; any=5"),
            Column.optional("least_people", "最少人数", "Least people")
                    .alsoCalled("最小人数", "minimum", "team size")
                    .hxl("#capacity+min")
                    .example("3"),
            Column.optional("leader_skill", "班長の技能", "Leader's skill")
                    .alsoCalled("リーダー", "leader")
                    .hxl("#capacity+leader")
                    .example("leading"),
            Column.optional("risks", "危険", "Risks")
                    .alsoCalled("リスク", "risk")
                    .hxl("#risk")
                    .example("dust; sharp-objects"),
            Column.optional("continuity", "同じ人", "Same people")
                    .alsoCalled("継続", "continuity")
                    .hxl("#status+continuity")
                    .example("いいえ"),
            Column.optional("priority", "優先度", "Priority")
                    .alsoCalled("緊急度", "urgency")
                    .hxl("#severity")
                    .example("2"));

    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2})[:時](\\d{2})?分?");
    private static final int NOON = 12 * 60;
    private static final int MORNING_FROM = 9 * 60;
    private static final int AFTERNOON_TO = 16 * 60;
    private static final CellParser<ActivityKind> KIND = CellParsers.oneOf(kinds());
    private static final CellParser<String> HALF = CellParsers.oneOf(
            Map.of("am", "am", "pm", "pm", "day", "day", "午前", "am", "午後", "pm", "終日", "day", "1日", "day"));

    private ShiftRows() {}

    public static Optional<String> externalId(Row row) {
        return row.text("shift_id");
    }

    /** How places are looked up while a file is read. */
    public interface Places {

        /** Communities of the response under this id of a sender; more than one if several senders use it. */
        List<WorkPlace> findCommunities(String externalId);

        /** Hubs, likewise. */
        List<WorkPlace> findHubs(String externalId);
    }

    /** A form's fields by column, as one row. */
    public static Interpretation<ShiftRow> interpret(Map<String, String> values, Places places) {
        return interpret(VolunteerRows.rowOf(COLUMNS, values), places);
    }

    public static Interpretation<ShiftRow> interpret(Row row, Places places) {
        Cells cells = new Cells(row);
        cells.required("shift_id", CellParsers.text(100));
        Optional<String> activity = cells.optional("activity_id", CellParsers.text(100));
        Optional<String> title = cells.required("title", CellParsers.text(200));
        Optional<ActivityKind> kind = cells.required("kind", KIND);
        Optional<WorkPlace> place = place(row, cells, places);
        Optional<LocalDate> day = cells.required("day", CellParsers.date());
        Optional<ShiftTime> time = time(row, cells, day);
        Optional<List<SeatLine>> lines = cells.required("seats", SkillText::seats);
        int seats = lines.map(SeatLine::total).orElse(SeatLine.MOST_SEATS);
        if (lines.isPresent() && seats > SeatLine.MOST_SEATS) {
            cells.problem(
                    "seats",
                    "too-many",
                    BilingualText.of(
                            "合わせて" + SeatLine.MOST_SEATS + "人まで", "At most " + SeatLine.MOST_SEATS + " in all"),
                    BilingualText.of("シフトを分けてください。", "Split the shift."));
        }
        Optional<Long> least = cells.optional("least_people", CellParsers.wholeNumber(1, SeatLine.MOST_SEATS));
        if (least.isPresent() && least.get() > seats) {
            cells.problem(
                    "least_people",
                    "more-than-seats",
                    BilingualText.of("席の数(" + seats + "人)以下", "No more than the seats (" + seats + ")"),
                    BilingualText.of("最少人数を減らすか、席を増やしてください。", "Lower it, or add seats."));
        }
        Optional<Skill> leader = cells.optional("leader_skill", SkillText::skill);
        Optional<Set<Risk>> risks = cells.optional("risks", ShiftRows::risks);
        Optional<Boolean> continuity = cells.optional("continuity", CellParsers.yesNo());
        Optional<Long> priority = cells.optional("priority", CellParsers.wholeNumber(1, 4));
        return cells.finish(() -> new ShiftRow(
                activity,
                title.orElseThrow(),
                kind.orElseThrow(),
                place.orElseThrow(),
                risks.orElse(Set.of()),
                continuity.orElse(kind.orElseThrow() == ActivityKind.CARE),
                time.orElseThrow(),
                priority.map(Long::intValue).orElse(3),
                lines.orElseThrow(),
                least.map(Long::intValue).orElse(1),
                leader));
    }

    /** What a form or an export shows for each column. */
    public static Map<String, String> values(String externalId, String activityId, ShiftRow shift, String placeId) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("shift_id", externalId);
        values.put("activity_id", activityId);
        values.put("title", shift.title());
        values.put("kind", shift.kind().code());
        values.put("community_id", shift.place() instanceof WorkPlace.AtCommunity ? placeId : "");
        values.put("hub_id", shift.place() instanceof WorkPlace.AtHub ? placeId : "");
        values.put("day", shift.time().day().toString());
        values.put("from", shift.time().from().toString());
        values.put("to", shift.time().toText());
        values.put("half", "");
        values.put("seats", SkillText.writeSeats(shift.lines()));
        values.put("least_people", Integer.toString(shift.leastPeople()));
        values.put("leader_skill", shift.leaderSkill().map(Skill::code).orElse(""));
        values.put("risks", shift.risks().stream().sorted().map(Risk::code).collect(Collectors.joining("; ")));
        values.put("continuity", shift.continuity() ? "yes" : "no");
        values.put("priority", Integer.toString(shift.priority()));
        return values;
    }

    private static Optional<WorkPlace> place(Row row, Cells cells, Places places) {
        boolean community = row.text("community_id").isPresent();
        if (community == row.text("hub_id").isPresent()) {
            cells.problem(
                    community ? "hub_id" : "community_id",
                    "one-place",
                    BilingualText.of("避難所か拠点のどちらか一つ", "Either a community or a hub"),
                    BilingualText.of("活動する場所を一つだけ書いてください。", "Name the one place where the work is."));
            return Optional.empty();
        }
        return community
                ? cells.required("community_id", text -> one(places.findCommunities(text)))
                : cells.required("hub_id", text -> one(places.findHubs(text)));
    }

    private static CellParser.Parsed<WorkPlace> one(List<WorkPlace> found) {
        return found.size() == 1
                ? CellParser.Parsed.value(found.get(0))
                : CellParser.Parsed.wrong(
                        found.isEmpty() ? "unknown-place" : "ambiguous-place",
                        BilingualText.of("登録のある、一つに決まる番号", "The id of one known place"),
                        BilingualText.of(
                                "番号を確かめるか、避難所・拠点の一覧を先に取り込んでください。",
                                "Check the id, or import the list of places first."));
    }

    private static Optional<ShiftTime> time(Row row, Cells cells, Optional<LocalDate> day) {
        Optional<Integer> from = cells.optional("from", ShiftRows::clock);
        Optional<Integer> to = cells.optional("to", ShiftRows::clock);
        Optional<String> half = cells.optional("half", HALF);
        if (row.text("from").isPresent() != row.text("to").isPresent()
                || (row.text("from").isEmpty() && row.text("half").isEmpty())) {
            cells.problem(
                    row.text("from").isPresent() ? "to" : "from",
                    "no-time",
                    BilingualText.of("開始と終了、または半日(午前・午後・終日)", "From and to, or a half day (am, pm, day)"),
                    BilingualText.of("時刻を両方書くか、半日の列に書いてください。", "Write both times, or fill in the half day."));
            return Optional.empty();
        }
        int begins = from.orElseGet(() -> half.orElse("day").equals("pm") ? NOON + 60 : MORNING_FROM);
        int ends = to.orElseGet(() -> half.orElse("day").equals("am") ? NOON : AFTERNOON_TO);
        if (begins >= ends) {
            cells.problem(
                    "to",
                    "ends-before-it-begins",
                    BilingualText.of(
                            "同じ日の、開始より後の時刻(24:00まで)", "A time after the beginning, on the same day (up to 24:00)"),
                    BilingualText.of("夜をまたぐ活動は、2つのシフトに分けてください。", "Split work over midnight into two shifts."));
            return Optional.empty();
        }
        return day.map(on -> new ShiftTime(on, begins, ends));
    }

    private static CellParser.Parsed<Integer> clock(String text) {
        Matcher clock = CLOCK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        if (clock.matches()) {
            int minutes = Integer.parseInt(clock.group(1)) * 60
                    + (clock.group(2) == null ? 0 : Integer.parseInt(clock.group(2)));
            if (minutes <= ShiftTime.DAY_MINUTES && (clock.group(2) == null || Integer.parseInt(clock.group(2)) < 60)) {
                return CellParser.Parsed.value(minutes);
            }
        }
        return CellParser.Parsed.wrong(
                "not-a-time-of-day",
                BilingualText.of("時刻(例 09:00、24:00まで)", "A time of day, e.g. 09:00, up to 24:00"),
                BilingualText.of("例のように書いてください。", "Write it like the example."));
    }

    private static CellParser.Parsed<Set<Risk>> risks(String text) {
        Set<Risk> risks = EnumSet.noneOf(Risk.class);
        for (String part : Normalizer.normalize(text, Normalizer.Form.NFKC).split("[;,、\\s]+", -1)) {
            if (part.isEmpty() || part.equals("なし") || part.equals("none")) {
                continue;
            }
            Optional<Risk> risk = Risk.findByCode(part);
            for (Risk each : Risk.values()) {
                if (each.label().ja().equals(part)) {
                    risk = Optional.of(each);
                }
            }
            if (risk.isEmpty()) {
                String all = Arrays.stream(Risk.values())
                        .map(each -> each.code() + " (" + each.label().ja() + ")")
                        .collect(Collectors.joining(", "));
                return CellParser.Parsed.wrong(
                        "unknown-risk",
                        BilingualText.of("次のどれか: " + all, "One of: " + all),
                        BilingualText.of("一覧のことばを使ってください。", "Use a word of the list."));
            }
            risks.add(risk.get());
        }
        return CellParser.Parsed.value(risks);
    }

    private static Map<String, ActivityKind> kinds() {
        Map<String, ActivityKind> words = new HashMap<>();
        for (ActivityKind kind : ActivityKind.values()) {
            words.put(kind.code(), kind);
            words.put(kind.label().ja(), kind);
            words.put(kind.label().en(), kind);
        }
        words.put("がれき", ActivityKind.DEBRIS);
        words.put("清掃", ActivityKind.CLEANING);
        words.put("泥出し", ActivityKind.CLEANING);
        words.put("行事", ActivityKind.EVENTS);
        words.put("event", ActivityKind.EVENTS);
        words.put("介護", ActivityKind.CARE);
        words.put("運転", ActivityKind.DRIVING);
        words.put("仕分け", ActivityKind.SORTING);
        return words;
    }
}
