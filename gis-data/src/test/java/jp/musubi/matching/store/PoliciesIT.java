package jp.musubi.matching.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.BilingualText;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
class PoliciesIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Policies policies;
    private final ChangeLog changes;
    private final FileStore store;
    private final FeedFiles feeds;
    private final Responses responses;
    private final JdbcClient jdbc;

    private ResponseId response = new ResponseId(0);

    PoliciesIT(
            Policies policies,
            ChangeLog changes,
            FileStore store,
            FeedFiles feeds,
            Responses responses,
            JdbcClient jdbc) {
        this.policies = policies;
        this.changes = changes;
        this.store = store;
        this.feeds = feeds;
        this.responses = responses;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void aResponse() {
        response = responses
                .open(TestResponse.at(NOW, "policy-" + UUID.randomUUID()))
                .id();
    }

    @Test
    void everyResponseHasTheStandardPolicyOnly() {
        assertThat(policies.read(response).listInForce(NOW)).containsExactly(PolicyVersion.STANDARD);
    }

    @Test
    void aChangeMakesTheNextVersionAndLeavesTheOldOne() {
        PolicyVersion second = version(PolicyVersion.STANDARD_KEY, 2, 20);
        policies.add(response, second);
        PolicyVersion own = version("winter", 1, 30);
        policies.add(response, own);

        assertThat(policies.read(response).listVersions(PolicyVersion.STANDARD_KEY))
                .containsExactly(second, PolicyVersion.STANDARD);
        assertThat(policies.read(response).listNewest()).containsExactly(second, own);
        List<Change> history = changes.listChanges("policy", id(PolicyVersion.STANDARD_KEY, 2));
        assertThat(history).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo("change");
            assertThat(change.beforeJson().orElseThrow()).contains("\"equity\":8");
            assertThat(change.afterJson().orElseThrow()).contains("\"equity\":20");
            assertThat(change.reason()).contains("more for the remote ones");
        });
        assertThat(changes.listChanges("policy", id("winter", 1)))
                .singleElement()
                .satisfies(change -> assertThat(change.beforeJson()).isEmpty());
    }

    @Test
    void ofTwoWhoMakeTheSameVersionOneIsTold() {
        policies.add(response, version("winter", 1, 30));
        for (PolicyVersion late : List.of(
                version("winter", 1, 31), version("winter", 3, 31), version(PolicyVersion.STANDARD_KEY, 1, 9))) {
            assertThatThrownBy(() -> policies.add(response, late)).isInstanceOf(ChangedMeanwhile.class);
        }
        assertThat(policies.read(response).listVersions("winter")).hasSize(1);
    }

    @Test
    void retentionOfDeliveriesLeavesAloneWhatIsKeptForGood() throws IOException {
        String good = store.keepForGood(content("good" + UUID.randomUUID()), "text/plain")
                .contentHash();
        String old =
                store.keep(content("old" + UUID.randomUUID()), "text/plain").contentHash();
        jdbc.sql("UPDATE stored_file SET stored_at = ? WHERE content_hash IN (?, ?)")
                .params(Timestamp.from(Instant.now().minus(Duration.ofDays(400))), good, old)
                .update();
        feeds.endRetention();
        assertThatThrownBy(() -> store.open(old)).isInstanceOf(NoSuchFileException.class);
        try (var still = store.open(good)) {
            assertThat(still.readAllBytes()).isNotEmpty();
        }
    }

    private static ByteArrayInputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private long id(String key, int version) {
        return jdbc.sql("SELECT id FROM policy_version WHERE response_id = ? AND policy_key = ? AND version = ?")
                .params(response.value(), key, version)
                .query(Long.class)
                .single();
    }

    private static PolicyVersion version(String key, int version, double equity) {
        return new PolicyVersion(
                key,
                BilingualText.of("冬", "Winter"),
                version,
                NOW,
                Optional.empty(),
                NOW.plusSeconds(1),
                "more for the remote ones",
                PolicyTerms.STANDARD.withEquity(equity));
    }
}
