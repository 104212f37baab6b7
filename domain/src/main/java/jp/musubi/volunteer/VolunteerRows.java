package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.place.Position;

/** How a row of a file, or a form with the same fields, becomes a volunteer. */
public final class VolunteerRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("volunteer_id", "ボランティア番号", "Volunteer id")
                    .alsoCalled("id", "番号", "登録番号", "受付番号", "registration")
                    .hxl("#meta+id")
                    .example("V-00001"),
            Column.required("name", "氏名", "Name")
                    .alsoCalled("名前", "お名前", "full name")
                    .hxl("#contact+name")
                    .example("結 花子"),
            Column.optional("phone", "電話", "Phone")
                    .alsoCalled("電話番号", "携帯", "tel", "mobile")
                    .hxl("#contact+phone")
                    .example("090-0000-0000"),
            Column.optional("mail", "メール", "Mail")
                    .alsoCalled("メールアドレス", "email", "e-mail")
                    .hxl("#contact+email")
                    .example("hanako@example.org"),
            Column.optional("birth_date", "生年月日", "Birth date")
                    .alsoCalled("誕生日", "born", "date of birth")
                    .hxl("#date+birth")
                    .example("1985-06-01"),
            Column.optional("insurance_number", "保険番号", "Insurance number")
                    .alsoCalled("ボランティア保険", "保険証券番号", "insurance")
                    .hxl("#meta+insurance")
                    .example("VH-2011-000123"),
            Column.optional("lat", "緯度", "Latitude").hxl("#geo+lat").example("39.7036"),
            Column.optional("lon", "経度", "Longitude")
                    .alsoCalled("lng")
                    .hxl("#geo+lon")
                    .example("141.1527"),
            Column.optional("radius_km", "移動できる距離", "Travel radius")
                    .alsoCalled("移動距離", "移動半径", "radius")
                    .hxl("#indicator+radius")
                    .example("40"),
            Column.optional("skills", "技能・免許", "Skills and licences")
                    .alsoCalled("技能", "免許", "資格", "skill", "licences")
                    .hxl("#capacity+skill")
                    .example("care:2@2012-03-31; car"),
            Column.optional("languages", "言語", "Languages")
                    .alsoCalled("ことば", "language")
                    .hxl("#language")
                    .example("ja; en"),
            Column.optional("team", "班・団体", "Team")
                    .alsoCalled("チーム", "班", "団体", "group")
                    .hxl("#group")
                    .example("盛岡大学"),
            Column.optional("minor", "未成年", "Minor")
                    .alsoCalled("18歳未満")
                    .hxl("#adm+minor")
                    .example("いいえ"),
            Column.optional("consent", "保護者の同意", "Guardian's consent")
                    .alsoCalled("同意", "consent of guardian")
                    .hxl("#status+consent")
                    .example("はい"),
            Column.optional("available", "活動できる日", "Free days")
                    .alsoCalled("活動可能日", "参加可能日", "availability", "available on")
                    .hxl("#date+available")
                    .example("2011-03-20; 2011-03-21 am; 2011-03-22..2011-03-25"));

    private static final int DEFAULT_RADIUS_KM = 30;
    private static final int ADULT_AT = 18;
    private static final int LONGEST_ID = 100;

    private VolunteerRows() {}

    public static Optional<String> externalId(Row row) {
        return row.text("volunteer_id");
    }

    /** A form's fields by column, as one row. */
    public static Interpretation<VolunteerRow> interpret(Map<String, String> values, LocalDate today) {
        return interpret(rowOf(COLUMNS, values), today);
    }

    static Row rowOf(List<Column> columns, Map<String, String> values) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<String> headers = columns.stream().map(Column::key).toList();
        List<String> cells = new ArrayList<>();
        for (Column column : columns) {
            positions.put(column.key(), cells.size());
            cells.add(values.getOrDefault(column.key(), ""));
        }
        return new Row(
                1, Optional.empty(), new ColumnMatch(positions, headers, List.of(), List.of(), List.of()), cells);
    }

    /** @param today in the response: whoever is not 18 then is a minor */
    public static Interpretation<VolunteerRow> interpret(Row row, LocalDate today) {
        Cells cells = new Cells(row);
        cells.required("volunteer_id", CellParsers.text(LONGEST_ID));
        Optional<String> name = cells.required("name", CellParsers.text(100));
        Optional<String> phone = cells.optional("phone", CellParsers.text(40));
        Optional<String> mail = cells.optional("mail", VolunteerRows::mail);
        Optional<LocalDate> born = cells.optional("birth_date", CellParsers.date());
        Optional<String> insurance = cells.optional("insurance_number", CellParsers.text(60));
        Optional<Double> lat = cells.optional("lat", CellParsers.decimal(-90, 90));
        Optional<Double> lon = cells.optional("lon", CellParsers.decimal(-180, 180));
        if (row.text("lat").isPresent() != row.text("lon").isPresent()) {
            cells.problem(
                    row.text("lat").isPresent() ? "lon" : "lat",
                    "half-position",
                    BilingualText.of("緯度と経度の両方", "Both latitude and longitude"),
                    BilingualText.of("もう一方も書くか、両方を空にしてください。", "Fill in the other one too, or leave both blank."));
        }
        Optional<Long> radius =
                cells.optional("radius_km", CellParsers.wholeNumber(1, VolunteerDetails.LONGEST_RADIUS_KM));
        Optional<List<HeldSkill>> skills = cells.optional("skills", SkillText::skills);
        Optional<List<String>> languages = cells.optional("languages", VolunteerRows::languages);
        Optional<String> team = cells.optional("team", CellParsers.text(100));
        Optional<Boolean> saidMinor = cells.optional("minor", CellParsers.yesNo());
        Optional<Boolean> consent = cells.optional("consent", CellParsers.yesNo());
        Optional<Availability> available = cells.optional("available", SkillText::days);
        if (born.isPresent() && !born.get().isBefore(today)) {
            cells.problem(
                    "birth_date",
                    "in-the-future",
                    BilingualText.of("今日より前の日", "A day before today"),
                    BilingualText.of("生年月日を確かめてください。", "Check the birth date."));
        }
        boolean minor = born.map(day -> day.plusYears(ADULT_AT).isAfter(today)).orElse(saidMinor.orElse(false));
        if (minor && !consent.orElse(false)) {
            cells.problem(
                    "consent",
                    "minor-without-consent",
                    BilingualText.of("18歳未満の人には保護者の同意", "A guardian's consent for people under 18"),
                    BilingualText.of(
                            "同意書を受け取ってから「はい」と書いてください。同意のない人は登録できません。",
                            "Write \"yes\" once you have the written consent. Without it the person cannot be registered."));
        }
        return cells.finish(() -> new VolunteerRow(
                new VolunteerDetails(
                        team,
                        skills.orElse(List.of()),
                        languages.orElse(List.of("ja")),
                        radius.map(Long::intValue).orElse(DEFAULT_RADIUS_KM),
                        minor,
                        consent.orElse(false),
                        available.orElse(Availability.NONE)),
                new VolunteerPerson(
                        name.orElseThrow(),
                        phone,
                        mail,
                        born,
                        insurance,
                        lat.map(at -> new Position(at, lon.orElseThrow())))));
    }

    /** What a form or an export shows for each column. */
    public static Map<String, String> values(String externalId, VolunteerDetails details, VolunteerPerson person) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("volunteer_id", externalId);
        values.put("name", person.name());
        values.put("phone", person.phone().orElse(""));
        values.put("mail", person.mail().orElse(""));
        values.put("birth_date", person.birthDate().map(LocalDate::toString).orElse(""));
        values.put("insurance_number", person.insuranceNumber().orElse(""));
        values.put(
                "lat", person.home().map(at -> Double.toString(at.latitude())).orElse(""));
        values.put(
                "lon", person.home().map(at -> Double.toString(at.longitude())).orElse(""));
        values.put("radius_km", Integer.toString(details.radiusKm()));
        values.put("skills", SkillText.write(details.skills()));
        values.put("languages", String.join("; ", details.languages()));
        values.put("team", details.team().orElse(""));
        values.put("minor", details.minor() ? "yes" : "no");
        values.put("consent", details.consent() ? "yes" : "no");
        values.put("available", available(details));
        return values;
    }

    /** Free days as a file writes them, between them a semicolon and a blank. */
    public static String available(VolunteerDetails details) {
        return SkillText.write(details.availability());
    }

    private static CellParser.Parsed<String> mail(String text) {
        return text.length() <= 254 && text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
                ? CellParser.Parsed.value(text)
                : CellParser.Parsed.wrong(
                        "not-a-mail-address",
                        BilingualText.of("メールアドレス(例 hanako@example.org)", "A mail address, e.g. hanako@example.org"),
                        BilingualText.of("書き直すか、空にしてください。", "Write it again, or leave it blank."));
    }

    private static CellParser.Parsed<List<String>> languages(String text) {
        List<String> codes = new ArrayList<>();
        for (String part : text.toLowerCase(Locale.ROOT).split("[;;,、\\s]+", -1)) {
            if (part.matches("[a-z]{2,3}")) {
                codes.add(part);
            } else if (!part.isEmpty()) {
                return CellParser.Parsed.wrong(
                        "not-languages",
                        BilingualText.of("2文字の言語記号(例 ja; en)", "Language codes of two letters, e.g. ja; en"),
                        BilingualText.of("ISO 639-1 の記号で書いてください。", "Use the codes of ISO 639-1."));
            }
        }
        return codes.size() <= 20
                ? CellParser.Parsed.value(codes)
                : CellParser.Parsed.wrong(
                        "too-long",
                        BilingualText.of("20までの言語", "Up to 20 languages"),
                        BilingualText.of("おもな言語だけを書いてください。", "Name the main ones only."));
    }
}
