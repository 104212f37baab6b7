package jp.musubi.volunteer.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.volunteer.AssignmentId;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.VolunteerId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Addresses that only those know to whom they were given: a volunteer's calendar, a shift's check-in. The token is 32
 * random bytes and shown once; its hash is kept. A new one ends the old one.
 */
@Component
public class SecretAddresses {

    private static final int TOKEN_BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock realTime;
    private final SecureRandom random = new SecureRandom();

    SecretAddresses(JdbcClient jdbc, Clock realTime) {
        this.jdbc = jdbc;
        this.realTime = realTime;
    }

    @Transactional
    public String issueCalendar(VolunteerId volunteer, Optional<PersonId> by) {
        return issue("volunteer_calendar", "volunteer_id", "volunteer", volunteer.value(), by);
    }

    @Transactional
    public String issueCheckIn(ShiftId shift, Optional<PersonId> by) {
        return issue("shift_check_in", "shift_id", "shift", shift.value(), by);
    }

    @Transactional
    public void revokeCalendar(VolunteerId volunteer) {
        revoke("volunteer_calendar", "volunteer_id", volunteer.value());
    }

    @Transactional
    public void revokeCheckIn(ShiftId shift) {
        revoke("shift_check_in", "shift_id", shift.value());
    }

    public Optional<VolunteerId> findCalendar(String token) {
        return find("SELECT volunteer_id FROM volunteer_calendar WHERE token_hash = ? AND revoked_at IS NULL", token)
                .map(VolunteerId::new);
    }

    public Optional<ShiftId> findCheckIn(String token) {
        return find("SELECT shift_id FROM shift_check_in WHERE token_hash = ? AND revoked_at IS NULL", token)
                .map(ShiftId::new);
    }

    public boolean hasCalendar(VolunteerId volunteer) {
        return jdbc.sql("SELECT count(*) FROM volunteer_calendar WHERE volunteer_id = ? AND revoked_at IS NULL")
                        .param(volunteer.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Notes what a phone sent; false if that was noted before. */
    @Transactional
    public boolean noteEvent(String key, AssignmentId assignment, boolean out, Instant happenedAt) {
        return jdbc.sql("""
                                INSERT INTO check_event (event_key, assignment_id, kind, happened_at, received_at)
                                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                        .params(
                                key,
                                assignment.value(),
                                out ? "OUT" : "IN",
                                Timestamp.from(happenedAt),
                                Timestamp.from(realTime.instant()))
                        .update()
                == 1;
    }

    private String issue(String table, String column, String owner, long id, Optional<PersonId> by) {
        jdbc.sql("SELECT id FROM " + owner + " WHERE id = ? FOR UPDATE")
                .param(id)
                .query(Long.class)
                .single();
        revoke(table, column, id);
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("INSERT INTO " + table + " (token_hash, " + column
                        + ", issued_at, issued_by) VALUES (:hash, :id, :at, :by)")
                .param("hash", hash(token))
                .param("id", id)
                .param("at", Timestamp.from(realTime.instant()))
                .param("by", by.map(PersonId::value).orElse(null))
                .update();
        return token;
    }

    private void revoke(String table, String column, long id) {
        jdbc.sql("UPDATE " + table + " SET revoked_at = ? WHERE " + column + " = ? AND revoked_at IS NULL")
                .params(Timestamp.from(realTime.instant()), id)
                .update();
    }

    private Optional<Long> find(String sql, String token) {
        return jdbc.sql(sql).param(hash(token)).query(Long.class).optional();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
