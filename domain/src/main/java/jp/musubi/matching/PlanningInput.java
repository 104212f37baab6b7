package jp.musubi.matching;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What there is to plan with at one moment.
 *
 * @param lots with something free, at a known place
 * @param needs with something still to be found, at a known place
 * @param lotsWithoutPlace lots that cannot be planned because nobody knows where they are
 * @param lotsInClosedHubs lots that cannot be planned because their hub is paused or closed
 * @param needsWithoutPlace needs that cannot be planned because nobody knows where they are
 */
public record PlanningInput(
        List<AvailableLot> lots,
        List<OpenNeed> needs,
        int lotsWithoutPlace,
        int lotsInClosedHubs,
        int needsWithoutPlace) {

    public PlanningInput {
        lots = List.copyOf(lots);
        needs = List.copyOf(needs);
    }

    /** SHA-256 over everything that decides the plan: two plans with the same hash are the same. */
    public String hash(Instant now, Policy policy, PlanConstraints constraints) {
        MessageDigest digest = sha256();
        add(digest, now, policy);
        lots.stream().sorted(Comparator.comparing(AvailableLot::key)).forEach(lot -> add(digest, lot));
        needs.stream().sorted(Comparator.comparing(OpenNeed::key)).forEach(need -> add(digest, need));
        constraints.locks().stream().map(Object::toString).sorted().forEach(lock -> add(digest, lock));
        constraints.bans().stream().map(Object::toString).sorted().forEach(ban -> add(digest, ban));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Object... parts) {
        for (Object part : parts) {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
