package jp.musubi.identity.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
class SignInLinksIT {

    private final SignInLinks links;
    private final JdbcClient jdbc;
    private PersonId person = new PersonId(0);

    SignInLinksIT(SignInLinks links, JdbcClient jdbc) {
        this.links = links;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void somebody() {
        jdbc.sql("""
                        INSERT INTO organisation (id, kind, name_ja, name_en, version)
                        VALUES (900, 'OFFICE', '試験事務所', 'Test office', 0) ON CONFLICT DO NOTHING""").update();
        jdbc.sql("""
                        INSERT INTO person (id, login, organisation_id, language, sign_in_epoch, created_at, version)
                        VALUES (900, 'links-it', 900, 'ja', 0, CURRENT_TIMESTAMP, 0) ON CONFLICT DO NOTHING""").update();
        person = new PersonId(900);
    }

    @Test
    void signsInOnceOnly() {
        String token = links.issue(person, Purpose.INVITATION, Duration.ofHours(1));

        assertThat(links.isRedeemable(token)).isTrue();
        assertThat(links.redeem(token)).contains(person);
        assertThat(links.redeem(token)).isEmpty();
        assertThat(links.isRedeemable(token)).isFalse();
    }

    @Test
    void expires() {
        String token = links.issue(person, Purpose.INVITATION, Duration.ofSeconds(-1));

        assertThat(links.redeem(token)).isEmpty();
    }

    @Test
    void keepsNoTokenInTheDatabase() {
        String token = links.issue(person, Purpose.INVITATION, Duration.ofHours(1));

        assertThat(jdbc.sql("SELECT count(*) FROM sign_in_link WHERE token_hash = ?")
                        .param(token)
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
