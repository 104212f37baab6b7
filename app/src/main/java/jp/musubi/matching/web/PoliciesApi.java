package jp.musubi.matching.web;

import java.time.Instant;
import java.util.List;
import jp.musubi.common.BilingualText;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyBook;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.store.PolicyJson;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policies of a response with all their versions, to read. */
@RestController
@RequestMapping("/api/v1/policies")
@Requires(Action.VIEW_OPERATIONS)
class PoliciesApi {

    private final Policies policies;
    private final CurrentResponse response;
    private final CurrentActor actor;
    private final JsonMapper json;

    PoliciesApi(Policies policies, CurrentResponse response, CurrentActor actor, JsonMapper json) {
        this.policies = policies;
        this.response = response;
        this.actor = actor;
        this.json = json;
    }

    /**
     * A version of a policy.
     *
     * @param validFrom the response's time
     * @param inForce whether plans are made by it now
     * @param terms the values, as the command {@code plan} reads them from a file
     */
    record Version(
            String key,
            BilingualText name,
            int version,
            Instant validFrom,
            Instant madeAt,
            String reason,
            boolean inForce,
            JsonNode terms) {}

    /** The newest version of each policy. */
    @GetMapping
    List<Version> list() {
        PolicyBook book = book();
        return book.listNewest().stream().map(version -> entry(book, version)).toList();
    }

    /** All versions of a policy, the newest first. */
    @GetMapping("/{key}")
    List<Version> versions(@PathVariable String key) {
        PolicyBook book = book();
        List<PolicyVersion> versions = book.listVersions(key);
        if (versions.isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "problem.no-policy-version");
        }
        return versions.stream().map(version -> entry(book, version)).toList();
    }

    @GetMapping("/{key}/{version:\\d{1,6}}")
    Version version(@PathVariable String key, @PathVariable int version) {
        PolicyBook book = book();
        return entry(
                book,
                book.find(key, version)
                        .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-policy-version")));
    }

    private Version entry(PolicyBook book, PolicyVersion version) {
        return new Version(
                version.key(),
                version.name(),
                version.version(),
                version.validFrom(),
                version.madeAt(),
                version.reason(),
                book.findInForce(version.key(), response.now())
                        .filter(version::equals)
                        .isPresent(),
                json.readTree(PolicyJson.write(version.terms())));
    }

    private PolicyBook book() {
        Response here = response.get();
        actor.require(Action.VIEW_OPERATIONS, Scope.of(here.id()));
        return policies.read(here.id());
    }
}
