package jp.musubi.matching;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The constraints of a problem, checked and by the places of lots and needs in the sorted lists. */
final class Decisions {

    /** A lock that can be kept. */
    record LockedPair(int lot, int need, long units, Pairing.Possible pair) {}

    private final List<ConstraintConflict> conflicts = new ArrayList<>();
    private final List<LockedPair> locked = new ArrayList<>();
    private final Map<Integer, BitSet> decidedNeeds = new HashMap<>();
    private final long[] freeOfLot;
    private final long[] lockedForNeed;

    private Decisions(PlanningProblem problem, List<AvailableLot> lots, List<OpenNeed> needs) {
        freeOfLot = lots.stream().mapToLong(AvailableLot::quantity).toArray();
        lockedForNeed = new long[needs.size()];
        PlanConstraints constraints = problem.constraints();
        if (constraints.locks().isEmpty() && constraints.bans().isEmpty()) {
            return;
        }
        Map<LotKey, Integer> lotPlaces = new HashMap<>();
        for (int i = 0; i < lots.size(); i++) {
            lotPlaces.put(lots.get(i).key(), i);
        }
        Map<NeedKey, Integer> needPlaces = new HashMap<>();
        Map<CommunityKey, BitSet> needsOfCommunity = new HashMap<>();
        for (int i = 0; i < needs.size(); i++) {
            needPlaces.put(needs.get(i).key(), i);
            needsOfCommunity
                    .computeIfAbsent(needs.get(i).community(), key -> new BitSet())
                    .set(i);
        }
        applyBans(constraints, needs.size(), lotPlaces, needPlaces, needsOfCommunity);
        applyLocks(problem, lots, needs, lotPlaces, needPlaces);
    }

    static Decisions of(PlanningProblem problem, List<AvailableLot> lots, List<OpenNeed> needs) {
        return new Decisions(problem, lots, needs);
    }

    private void applyBans(
            PlanConstraints constraints,
            int needs,
            Map<LotKey, Integer> lotPlaces,
            Map<NeedKey, Integer> needPlaces,
            Map<CommunityKey, BitSet> needsOfCommunity) {
        for (PlanConstraints.Ban ban : constraints.bans()) {
            Integer lot = lotPlaces.get(ban.lot());
            if (lot == null) {
                conflicts.add(new ConstraintConflict.UnknownLot(ban.lot()));
                continue;
            }
            BitSet decided = decidedNeeds.computeIfAbsent(lot, key -> new BitSet());
            if (ban instanceof PlanConstraints.Ban.ForNeed one) {
                Integer need = needPlaces.get(one.need());
                if (need == null) {
                    conflicts.add(new ConstraintConflict.UnknownNeed(one.need()));
                } else {
                    decided.set(need);
                }
            } else if (ban instanceof PlanConstraints.Ban.ForCommunity some) {
                // A community without needs today is no contradiction: the ban holds for needs to come.
                decided.or(needsOfCommunity.getOrDefault(some.community(), new BitSet()));
            } else {
                decided.set(0, needs);
            }
        }
    }

    private void applyLocks(
            PlanningProblem problem,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Map<LotKey, Integer> lotPlaces,
            Map<NeedKey, Integer> needPlaces) {
        long[] lockedOfLot = new long[lots.size()];
        Set<List<Integer>> seen = new HashSet<>();
        for (PlanConstraints.Lock lock : problem.constraints().locks()) {
            Integer lot = lotPlaces.get(lock.lot());
            Integer need = needPlaces.get(lock.need());
            if (lot == null) {
                conflicts.add(new ConstraintConflict.UnknownLot(lock.lot()));
            }
            if (need == null) {
                conflicts.add(new ConstraintConflict.UnknownNeed(lock.need()));
            }
            if (lot == null || need == null) {
                continue;
            }
            if (!seen.add(List.of(lot, need))) {
                conflicts.add(new ConstraintConflict.LockedTwice(lock.lot(), lock.need()));
                continue;
            }
            if (decidedNeeds.getOrDefault(lot, new BitSet()).get(need)) {
                conflicts.add(new ConstraintConflict.LockedAndForbidden(lock.lot(), lock.need()));
                continue;
            }
            lockedOfLot[lot] = Math.addExact(lockedOfLot[lot], lock.quantity());
            lockedForNeed[need] = Math.addExact(lockedForNeed[need], lock.quantity());
            Pairing pairing = new PairTable(
                            problem, new AvailableLot[] {lots.get(lot)}, new OpenNeed[] {needs.get(need)}, null)
                    .pairing(0, 0);
            if (pairing instanceof Pairing.Possible pair) {
                locked.add(new LockedPair(lot, need, lock.quantity(), pair));
            } else {
                conflicts.add(new ConstraintConflict.Impossible(lock.lot(), lock.need(), (Pairing.Obstacle) pairing));
            }
        }
        for (LockedPair pair : locked) {
            // A lock says exactly how much: the pair is decided and takes no more.
            decidedNeeds.computeIfAbsent(pair.lot(), key -> new BitSet()).set(pair.need());
        }
        for (int i = 0; i < lots.size(); i++) {
            if (lockedOfLot[i] > freeOfLot[i]) {
                conflicts.add(
                        new ConstraintConflict.MoreThanTheLotHas(lots.get(i).key(), lockedOfLot[i], freeOfLot[i]));
            }
            freeOfLot[i] -= lockedOfLot[i];
        }
        for (int i = 0; i < needs.size(); i++) {
            if (lockedForNeed[i] > needs.get(i).quantity()) {
                conflicts.add(new ConstraintConflict.MoreThanTheNeedAsks(
                        needs.get(i).key(), lockedForNeed[i], needs.get(i).quantity()));
            }
        }
    }

    List<ConstraintConflict> conflicts() {
        return Collections.unmodifiableList(conflicts);
    }

    List<LockedPair> locked() {
        return Collections.unmodifiableList(locked);
    }

    /** What a lot has beyond its locks. */
    long freeOfLot(int lot) {
        return freeOfLot[lot];
    }

    /** What locks bring to a need. */
    long lockedForNeed(int need) {
        return lockedForNeed[need];
    }

    /** For each of some lots the columns among some needs that are forbidden or locked; null if there are none at all. */
    @Nullable
    BitSet @Nullable [] forbidden(int[] lots, int[] needs) {
        @Nullable BitSet @Nullable [] forbidden = null;
        for (int row = 0; row < lots.length; row++) {
            BitSet decided = decidedNeeds.get(lots[row]);
            if (decided == null) {
                continue;
            }
            BitSet columns = new BitSet(needs.length);
            for (int column = 0; column < needs.length; column++) {
                columns.set(column, decided.get(needs[column]));
            }
            if (forbidden == null) {
                forbidden = new BitSet[lots.length];
            }
            forbidden[row] = columns;
        }
        return forbidden;
    }
}
