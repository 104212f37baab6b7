package jp.musubi.training.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.BilingualText;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.training.Competencies;
import jp.musubi.training.Competency;
import jp.musubi.training.FundingScheme;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Funding schemes and competencies: those that ship with the program, loaded once for each version of their files. */
@Component
public class TrainingReference implements InitializingBean {

    private static final String NAME = "training";
    private static final String SCHEMES = "training/schemes.csv";
    private static final String COMPETENCIES = "training/competencies.csv";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TrainingReference(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The schemes in force, in the order of their list. */
    public List<FundingScheme> listSchemes() {
        return jdbc.query("SELECT * FROM funding_scheme ORDER BY place_in_list, code", (row, n) -> scheme(row));
    }

    /**
     * @throws IllegalArgumentException if there is no such scheme
     */
    public FundingScheme getScheme(String code) {
        return jdbc.query("SELECT * FROM funding_scheme WHERE code = ?", (row, n) -> scheme(row), code).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no funding scheme \"" + code + "\"."));
    }

    public Competencies competencies() {
        return new Competencies(
                jdbc.query("SELECT * FROM competency ORDER BY place_in_list, code", (row, n) -> competency(row)));
    }

    private static FundingScheme scheme(ResultSet row) throws SQLException {
        return new FundingScheme(
                row.getString("code"),
                BilingualText.of(row.getString("ja"), row.getString("en")),
                day(row, "open_from"),
                day(row, "open_until"),
                new FundingScheme.Attendance(
                        number(row, "minimum_percent"),
                        FundingScheme.Period.valueOf(row.getString("attendance_period")),
                        row.getInt("partial_percent"),
                        row.getInt("excused_percent"),
                        row.getInt("margin_percent"),
                        row.getInt("falling_percent"),
                        Sureness.valueOf(row.getString("attendance_sureness"))),
                new FundingScheme.Stipend(
                        number(row, "stipend_yen"),
                        row.getBoolean("stipend_lost"),
                        Sureness.valueOf(row.getString("stipend_sureness"))),
                new FundingScheme.Reporting(
                        number(row, "report_day"),
                        row.getInt("register_within_days"),
                        Sureness.valueOf(row.getString("report_sureness"))),
                new FundingScheme.Places(row.getInt("least_places"), row.getInt("most_places")),
                BilingualText.of(row.getString("source_ja"), row.getString("source_en")));
    }

    private static Competency competency(ResultSet row) throws SQLException {
        return new Competency(
                row.getString("code"),
                BilingualText.of(row.getString("ja"), row.getString("en")),
                Arrays.stream(row.getString("also_written").split(";"))
                        .filter(name -> !name.isBlank())
                        .toList(),
                day(row, "issued_from"),
                day(row, "issued_until"),
                Optional.ofNullable(row.getString("replaces")),
                number(row, "hours"),
                Sureness.valueOf(row.getString("sureness")),
                BilingualText.of(row.getString("source_ja"), row.getString("source_en")));
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getDate(column)).map(Date::toLocalDate);
    }

    private static OptionalInt number(ResultSet row, String column) throws SQLException {
        @Nullable Integer value = row.getObject(column, Integer.class);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Override
    public void afterPropertiesSet() {
        // A row to lock: of several nodes that start together one loads.
        jdbc.update(
                "INSERT INTO reference_load (name, content_hash, loaded_at) VALUES (?, '', ?) ON CONFLICT DO NOTHING",
                NAME,
                Timestamp.from(clock.instant()));
        transaction.executeWithoutResult(status -> load(ReferenceFile.read(SCHEMES), ReferenceFile.read(COMPETENCIES)));
    }

    private void load(ReferenceFile schemes, ReferenceFile competencies) {
        String hash = ReferenceFile.hashOf(schemes.contentHash() + competencies.contentHash());
        String loaded = jdbc.queryForObject(
                "SELECT content_hash FROM reference_load WHERE name = ? FOR UPDATE", String.class, NAME);
        if (hash.equals(loaded)) {
            return;
        }
        Set<String> edited =
                new HashSet<>(jdbc.queryForList("SELECT code FROM funding_scheme WHERE edited", String.class));
        for (int i = 0; i < schemes.rows().size(); i++) {
            CSVRecord row = schemes.rows().get(i);
            if (!edited.contains(row.get("code"))) {
                storeScheme(row, i);
            }
        }
        for (int i = 0; i < competencies.rows().size(); i++) {
            storeCompetency(competencies.rows().get(i), i);
        }
        jdbc.update(
                "UPDATE reference_load SET content_hash = ?, loaded_at = ? WHERE name = ?",
                hash,
                Timestamp.from(clock.instant()),
                NAME);
    }

    private void storeScheme(CSVRecord row, int place) {
        jdbc.update("""
                INSERT INTO funding_scheme (code, place_in_list, ja, en, attendance_period, partial_percent, excused_percent,
                    margin_percent, falling_percent, attendance_sureness, stipend_lost, stipend_sureness,
                    register_within_days, report_sureness, least_places, most_places, source_ja, source_en, edited, version)
                VALUES (?, 0, '', '', 'COURSE', 0, 0, 0, 0, '', FALSE, '', 0, '', 0, 0, '', '', FALSE, 0)
                    ON CONFLICT DO NOTHING""", row.get("code"));
        jdbc.update(
                """
                UPDATE funding_scheme
                   SET place_in_list = ?, ja = ?, en = ?, open_from = ?, open_until = ?, minimum_percent = ?,
                       attendance_period = ?, partial_percent = ?, excused_percent = ?, margin_percent = ?,
                       falling_percent = ?, attendance_sureness = ?, stipend_yen = ?, stipend_lost = ?,
                       stipend_sureness = ?, report_day = ?, register_within_days = ?, report_sureness = ?,
                       least_places = ?, most_places = ?, source_ja = ?, source_en = ?, version = version + 1
                 WHERE code = ?""",
                place,
                row.get("ja"),
                row.get("en"),
                asDay(row.get("open_from")),
                asDay(row.get("open_until")),
                asNumber(row.get("minimum_percent")),
                row.get("attendance_period").toUpperCase(Locale.ROOT),
                asNumber(row.get("partial_percent")),
                asNumber(row.get("excused_percent")),
                asNumber(row.get("margin_percent")),
                asNumber(row.get("falling_percent")),
                sureness(row.get("attendance_sureness")),
                asNumber(row.get("stipend_yen")),
                row.get("stipend_lost").equals("yes"),
                sureness(row.get("stipend_sureness")),
                asNumber(row.get("report_day")),
                asNumber(row.get("register_within_days")),
                sureness(row.get("report_sureness")),
                asNumber(row.get("least_places")),
                asNumber(row.get("most_places")),
                row.get("source_ja"),
                row.get("source_en"),
                row.get("code"));
    }

    private void storeCompetency(CSVRecord row, int place) {
        jdbc.update("""
                INSERT INTO competency (code, place_in_list, ja, en, also_written, sureness, source_ja, source_en)
                VALUES (?, 0, '', '', '', '', '', '') ON CONFLICT DO NOTHING""", row.get("code"));
        jdbc.update(
                """
                UPDATE competency
                   SET place_in_list = ?, ja = ?, en = ?, also_written = ?, issued_from = ?, issued_until = ?,
                       replaces = ?, hours = ?, sureness = ?, source_ja = ?, source_en = ?
                 WHERE code = ?""",
                place,
                row.get("ja"),
                row.get("en"),
                row.get("also_written"),
                asDay(row.get("issued_from")),
                asDay(row.get("issued_until")),
                row.get("replaces").isEmpty() ? null : row.get("replaces"),
                asNumber(row.get("hours")),
                sureness(row.get("sureness")),
                row.get("source_ja"),
                row.get("source_en"),
                row.get("code"));
    }

    private static @Nullable Date asDay(String text) {
        return text.isEmpty() ? null : Date.valueOf(text);
    }

    private static @Nullable Integer asNumber(String text) {
        return text.isEmpty() ? null : Integer.valueOf(text);
    }

    private static String sureness(String text) {
        return Sureness.valueOf(text.toUpperCase(Locale.ROOT)).name();
    }
}
