package jp.musubi.need.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.need.EstimateRate;
import jp.musubi.need.Priority;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The rates by which needs are estimated: those that ship with the program, and what people changed of them. */
@Component
@DependsOn("catalogueLoader")
public class EstimateRates implements InitializingBean {

    private static final String NAME = "need/estimate_rates.csv";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EstimateRates(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The rates of the file that ships. */
    static List<EstimateRate> shipped() {
        return ReferenceFile.read(NAME).rows().stream().map(EstimateRates::rate).toList();
    }

    private static EstimateRate rate(CSVRecord row) {
        return new EstimateRate(
                new ItemCode(row.get("item")),
                EstimateRate.Basis.valueOf(row.get("basis").toUpperCase(Locale.ROOT)),
                new BigDecimal(row.get("quantity")),
                Long.parseLong(row.get("per_people")),
                row.get("per_days").isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(row.get("per_days"))),
                Integer.parseInt(row.get("cover_days")),
                Optional.of(row.get("share_of_people"))
                        .filter(text -> !text.isEmpty())
                        .map(BigDecimal::new),
                Priority.of(Integer.parseInt(row.get("priority"))),
                Duration.ofHours(Long.parseLong(row.get("deadline_hours"))),
                Sureness.valueOf(row.get("sureness").toUpperCase(Locale.ROOT)),
                row.get("source_ja"),
                row.get("source_en"));
    }

    /**
     * A rate as it is kept.
     *
     * @param version grows with every change, so that two people notice each other
     * @param edited changed here by people
     */
    public record KeptRate(EstimateRate rate, long version, boolean edited) {}

    private static final String SELECT = """
            SELECT i.code, r.basis, r.quantity, r.per_people, r.per_days, r.cover_days, r.share_of_people, r.priority,
                   r.deadline_hours, r.sureness, r.source_ja, r.source_en, r.edited, r.version
            FROM estimate_rate r JOIN item i ON i.id = r.item_id
            """;

    /** The rates in force, in the order of the catalogue. */
    public List<EstimateRate> listRates() {
        return jdbc.sql(SELECT + "ORDER BY i.place_in_list, i.code")
                .query((row, n) -> kept(row).rate())
                .list();
    }

    public Optional<KeptRate> findRate(ItemCode item) {
        return jdbc.sql(SELECT + "WHERE i.code = ?")
                .param(item.value())
                .query((row, n) -> kept(row))
                .optional();
    }

    private static KeptRate kept(ResultSet row) throws SQLException {
        @Nullable Integer perDays = row.getObject("per_days", Integer.class);
        return new KeptRate(
                new EstimateRate(
                        new ItemCode(row.getString("code")),
                        EstimateRate.Basis.valueOf(row.getString("basis")),
                        row.getBigDecimal("quantity"),
                        row.getLong("per_people"),
                        perDays == null ? OptionalInt.empty() : OptionalInt.of(perDays),
                        row.getInt("cover_days"),
                        Optional.ofNullable(row.getBigDecimal("share_of_people")),
                        Priority.of(row.getInt("priority")),
                        Duration.ofHours(row.getLong("deadline_hours")),
                        Sureness.valueOf(row.getString("sureness")),
                        row.getString("source_ja"),
                        row.getString("source_en")),
                row.getLong("version"),
                row.getBoolean("edited"));
    }

    /**
     * Changes a rate, or gives one to an item that had none. It stays when a newer program brings other rates.
     *
     * @param basedOn the version that was read; empty if there was no rate
     * @throws ChangedMeanwhile if somebody else changed it since
     */
    @Transactional
    public void change(EstimateRate rate, OptionalLong basedOn) {
        Optional<Long> version = jdbc.sql(
                        "SELECT version FROM estimate_rate WHERE item_id = (SELECT id FROM item WHERE code = ?) FOR UPDATE")
                .param(rate.item().value())
                .query(Long.class)
                .optional();
        if (!version.equals(basedOn.isPresent() ? Optional.of(basedOn.getAsLong()) : Optional.empty())) {
            throw new ChangedMeanwhile("rate of " + rate.item(), 0, basedOn.orElse(-1));
        }
        store(rate, true);
    }

    @Override
    public void afterPropertiesSet() {
        transaction.executeWithoutResult(status -> load());
    }

    private void load() {
        // The lock lets one of several nodes that start together load.
        jdbc.sql("SELECT token FROM catalogue_state WHERE id = 1 FOR UPDATE")
                .query(String.class)
                .single();
        String hash = ReferenceFile.read(NAME).contentHash();
        Optional<String> known = jdbc.sql("SELECT content_hash FROM reference_load WHERE name = ?")
                .param(NAME)
                .query(String.class)
                .optional();
        if (known.equals(Optional.of(hash))) {
            return;
        }
        List<String> edited = jdbc.sql(
                        "SELECT i.code FROM estimate_rate r JOIN item i ON i.id = r.item_id WHERE r.edited")
                .query(String.class)
                .list();
        shipped().stream().filter(rate -> !edited.contains(rate.item().value())).forEach(rate -> store(rate, false));
        Timestamp now = Timestamp.from(clock.instant());
        if (known.isPresent()) {
            jdbc.sql("UPDATE reference_load SET content_hash = ?, loaded_at = ? WHERE name = ?")
                    .params(hash, now, NAME)
                    .update();
        } else {
            jdbc.sql("INSERT INTO reference_load (content_hash, loaded_at, name) VALUES (?, ?, ?)")
                    .params(hash, now, NAME)
                    .update();
        }
    }

    private void store(EstimateRate rate, boolean edited) {
        @Nullable Integer perDays = rate.perDays().isPresent() ? rate.perDays().getAsInt() : null;
        List<@Nullable Object> values = Arrays.asList(
                rate.basis().name(),
                rate.quantity(),
                rate.perPeople(),
                perDays,
                rate.coverDays(),
                rate.shareOfPeople().orElse(null),
                rate.priority().number(),
                rate.deadline().toHours(),
                rate.sureness().name(),
                rate.sourceJa(),
                rate.sourceEn(),
                edited,
                rate.item().value());
        int changed = jdbc.sql("""
                        UPDATE estimate_rate SET basis = ?, quantity = ?, per_people = ?, per_days = ?, cover_days = ?,
                            share_of_people = ?, priority = ?, deadline_hours = ?, sureness = ?, source_ja = ?,
                            source_en = ?, edited = ?, version = version + 1
                        WHERE item_id = (SELECT id FROM item WHERE code = ?)""").params(values).update();
        if (changed == 0) {
            changed = jdbc.sql("""
                            INSERT INTO estimate_rate (basis, quantity, per_people, per_days, cover_days,
                                share_of_people, priority, deadline_hours, sureness, source_ja, source_en, edited,
                                item_id, version)
                            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, id, 0 FROM item WHERE code = ?""").params(values).update();
        }
        if (changed == 0) {
            throw new IllegalStateException("There is no item " + rate.item() + " to estimate.");
        }
    }
}
