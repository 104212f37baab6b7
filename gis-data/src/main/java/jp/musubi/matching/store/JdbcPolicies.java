package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyBook;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Policies in a table that is only added to. */
@Repository
@Transactional
class JdbcPolicies implements Policies {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final ChangeLog changes;

    JdbcPolicies(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    @Override
    @Transactional(readOnly = true)
    public PolicyBook read(ResponseId response) {
        return new PolicyBook(jdbc.sql("SELECT * FROM policy_version WHERE response_id = ?")
                .param(response.value())
                .query(JdbcPolicies::version)
                .list());
    }

    @Override
    public void add(ResponseId response, PolicyVersion version) {
        jdbc.sql("SELECT id FROM response WHERE id = ? FOR UPDATE")
                .param(response.value())
                .query(Long.class)
                .single();
        Optional<PolicyVersion> newest =
                read(response).listVersions(version.key()).stream().findFirst();
        if (newest.map(PolicyVersion::version).orElse(0) != version.version() - 1) {
            throw new ChangedMeanwhile("policy", version.version(), version.version() - 1L);
        }
        jdbc.sql("""
                        INSERT INTO policy_version (response_id, policy_key, version, name_ja, name_en, valid_from, made_by,
                                                    made_at, reason, terms_json)
                        VALUES (:response, :key, :version, :nameJa, :nameEn, :validFrom, :by, :at, :reason, :terms)""")
                .param("response", response.value())
                .param("key", version.key())
                .param("version", version.version())
                .param("nameJa", version.name().ja())
                .param("nameEn", version.name().en())
                .param("validFrom", Timestamp.from(version.validFrom()))
                .param("by", version.by().map(PersonId::value).orElse(null))
                .param("at", Timestamp.from(version.madeAt()))
                .param("reason", version.reason())
                .param("terms", PolicyJson.write(version.terms()))
                .update();
        long id = jdbc.sql("SELECT id FROM policy_version WHERE response_id = ? AND policy_key = ? AND version = ?")
                .params(response.value(), version.key(), version.version())
                .query(Long.class)
                .single();
        changes.record(new Change(
                Optional.of(response),
                "policy",
                id,
                newest.isPresent() ? "change" : "create",
                newest.map(JdbcPolicies::json),
                Optional.of(json(version)),
                version.by(),
                Optional.of(version.reason()).filter(reason -> !reason.isEmpty()),
                version.madeAt()));
    }

    private static String json(PolicyVersion version) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("key", version.key());
        node.put("version", version.version());
        node.put("nameJa", version.name().ja());
        node.put("nameEn", version.name().en());
        node.put("validFrom", version.validFrom().toString());
        node.set("terms", MAPPER.readTree(PolicyJson.write(version.terms())));
        return node.toString();
    }

    private static PolicyVersion version(ResultSet row, int n) throws SQLException {
        return new PolicyVersion(
                row.getString("policy_key"),
                BilingualText.of(row.getString("name_ja"), row.getString("name_en")),
                row.getInt("version"),
                row.getTimestamp("valid_from").toInstant(),
                Optional.ofNullable(row.getObject("made_by", Long.class)).map(PersonId::new),
                row.getTimestamp("made_at").toInstant(),
                row.getString("reason"),
                PolicyJson.read(row.getString("terms_json")));
    }
}
