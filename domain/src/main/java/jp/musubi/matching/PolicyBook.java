package jp.musubi.matching;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All versions of all policies of a response. The standard policy is always there: its version 1 comes with the program.
 */
public final class PolicyBook {

    private final Map<String, List<PolicyVersion>> newestFirst = new LinkedHashMap<>();

    /**
     * @param stored in any order
     */
    public PolicyBook(List<PolicyVersion> stored) {
        List<PolicyVersion> all = new ArrayList<>(stored);
        all.add(PolicyVersion.STANDARD);
        all.sort(Comparator.comparing((PolicyVersion each) -> !each.isStandard())
                .thenComparing(PolicyVersion::key)
                .thenComparing(PolicyVersion::version, Comparator.reverseOrder()));
        for (PolicyVersion version : all) {
            newestFirst.computeIfAbsent(version.key(), key -> new ArrayList<>()).add(version);
        }
    }

    /** The newest version of each policy, the standard one first; it may not be valid yet. */
    public List<PolicyVersion> listNewest() {
        return newestFirst.values().stream().map(versions -> versions.get(0)).toList();
    }

    /** All versions of a policy, the newest first; none if there is no such policy. */
    public List<PolicyVersion> listVersions(String key) {
        return List.copyOf(newestFirst.getOrDefault(key, List.of()));
    }

    public Optional<PolicyVersion> find(String key, int version) {
        return listVersions(key).stream()
                .filter(each -> each.version() == version)
                .findFirst();
    }

    /** The version of a policy to plan by: of those valid by now the newest. */
    public Optional<PolicyVersion> findInForce(String key, Instant now) {
        return listVersions(key).stream()
                .filter(each -> !each.validFrom().isAfter(now))
                .findFirst();
    }

    /** The version in force of each policy that has one, the standard one first. */
    public List<PolicyVersion> listInForce(Instant now) {
        return newestFirst.keySet().stream()
                .flatMap(key -> findInForce(key, now).stream())
                .toList();
    }
}
