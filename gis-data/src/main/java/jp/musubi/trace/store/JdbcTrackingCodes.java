package jp.musubi.trace.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.LotId;
import jp.musubi.response.ResponseId;
import jp.musubi.trace.TrackingCodes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcTrackingCodes implements TrackingCodes {

    private static final int CODE_BYTES = 32;

    private final JdbcTemplate jdbc;
    private final Clock realTime;
    private final SecureRandom random = new SecureRandom();

    JdbcTrackingCodes(JdbcTemplate jdbc, Clock realTime) {
        this.jdbc = jdbc;
        this.realTime = realTime;
    }

    @Override
    @Transactional
    public String issue(ResponseId response, LotId line, Optional<PersonId> issuer) {
        // Two at once are put in order by the lot's row, so that only the later code stays.
        List<Long> known = jdbc.queryForList(
                "SELECT id FROM lot WHERE id = ? AND line_id = id AND response_id = ? FOR UPDATE",
                Long.class,
                line.value(),
                response.value());
        if (known.isEmpty()) {
            throw new IllegalArgumentException("There is no donation line " + line.value() + " in this response.");
        }
        Timestamp now = Timestamp.from(realTime.instant());
        jdbc.update(
                "UPDATE tracking_link SET revoked_at = ? WHERE line_id = ? AND revoked_at IS NULL", now, line.value());
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.update(
                """
                INSERT INTO tracking_link (code_hash, response_id, line_id, issued_at, issued_by)
                VALUES (?, ?, ?, ?, ?)""",
                hash(code),
                response.value(),
                line.value(),
                now,
                issuer.map(PersonId::value).orElse(null));
        return code;
    }

    @Override
    public Optional<Tracked> find(String code) {
        return jdbc
                .query(
                        "SELECT response_id, line_id FROM tracking_link WHERE code_hash = ? AND revoked_at IS NULL",
                        (row, n) -> new Tracked(new ResponseId(row.getLong(1)), new LotId(row.getLong(2))),
                        hash(code))
                .stream()
                .findFirst();
    }

    private static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
