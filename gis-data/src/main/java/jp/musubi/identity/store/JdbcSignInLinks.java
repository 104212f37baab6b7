package jp.musubi.identity.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.SignInLinks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcSignInLinks implements SignInLinks {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    JdbcSignInLinks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional
    public String issue(PersonId person, Purpose purpose, Duration validFor) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO sign_in_link (token_hash, person_id, purpose, issued_at, expires_at)
                        VALUES (?, ?, ?, ?, ?)""")
                .params(
                        hash(token),
                        person.value(),
                        purpose.name(),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(validFor)))
                .update();
        return token;
    }

    @Override
    @Transactional
    public void revokeUnused(PersonId person) {
        jdbc.sql("""
                        UPDATE sign_in_link SET revoked_at = ?
                         WHERE person_id = ? AND used_at IS NULL AND revoked_at IS NULL""").params(Timestamp.from(clock.instant()), person.value()).update();
    }

    @Override
    public boolean isRedeemable(String token) {
        return jdbc.sql("""
                        SELECT count(*) FROM sign_in_link l JOIN person p ON p.id = l.person_id
                         WHERE l.token_hash = ? AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > ?
                           AND p.deactivated_at IS NULL""")
                        .params(hash(token), Timestamp.from(clock.instant()))
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Override
    @Transactional
    public Optional<PersonId> redeem(String token) {
        Timestamp now = Timestamp.from(clock.instant());
        int used = jdbc.sql("""
                        UPDATE sign_in_link SET used_at = ?
                         WHERE token_hash = ? AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?""").params(now, hash(token), now).update();
        if (used == 0) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT p.id FROM sign_in_link l JOIN person p ON p.id = l.person_id
                         WHERE l.token_hash = ? AND p.deactivated_at IS NULL""").param(hash(token)).query(Long.class).optional().map(PersonId::new);
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
