package jp.musubi.matching;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a plan against its problem, with nothing of the solver's: every rule, the objective, and the certificate from
 * the prices over all pairs. It is slow and plain on purpose; anyone can follow it with a table and a pencil.
 */
public final class PlanAudit {

    /** Something that is wrong with a plan. */
    public sealed interface Finding {

        record UnknownLot(LotKey lot) implements Finding {}

        record UnknownNeed(NeedKey need) implements Finding {}

        record LineTwice(LotKey lot, NeedKey need) implements Finding {}

        record NoQuantity(LotKey lot, NeedKey need, long quantity) implements Finding {}

        record NotPossible(LotKey lot, NeedKey need, String rule) implements Finding {}

        record MoreThanTheLotHas(LotKey lot, long planned, long available) implements Finding {}

        record MoreThanTheNeedAsks(NeedKey need, long planned, long asked) implements Finding {}

        record MoreThanTheHubPassesOn(Sharing.Limit limit, double planned, double allowed) implements Finding {}

        record PackOpened(LotKey lot, long loosePlanned, long loose) implements Finding {}

        record TooLittleForAShipment(LotKey lot, NeedKey need, double kilograms, double least) implements Finding {}

        record LockNotKept(LotKey lot, NeedKey need, long planned, long locked) implements Finding {}

        record PriceMissing(String key) implements Finding {}

        record PriceNegative(LotKey lot, long price) implements Finding {}

        /** The pair would gain {@code by} a unit at these prices, so they prove nothing. */
        record PriceUndercut(LotKey lot, NeedKey need, long by) implements Finding {}
    }

    /**
     * @param objective of exactly the lines
     * @param lowerBound from the prices; proves something only if there are no findings on prices
     */
    public record Report(List<Finding> findings, BigInteger objective, BigInteger lowerBound) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether every rule is kept, and no plan can be better. */
        public boolean provesOptimality() {
            return findings.isEmpty() && objective.equals(lowerBound);
        }
    }

    private final PlanningProblem problem;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<LotKey, AvailableLot> lots = new HashMap<>();
    private final Map<NeedKey, OpenNeed> needs = new HashMap<>();
    private final Map<LotKey, Map<NeedKey, Long>> locked = new HashMap<>();
    private final Map<LotKey, Long> lockedOfLot = new HashMap<>();
    private final Map<NeedKey, Long> lockedForNeed = new HashMap<>();

    private PlanAudit(PlanningProblem problem) {
        this.problem = problem;
        problem.lots().forEach(lot -> lots.put(lot.key(), lot));
        problem.needs().forEach(need -> needs.put(need.key(), need));
        for (PlanConstraints.Lock lock : problem.constraints().locks()) {
            locked.computeIfAbsent(lock.lot(), key -> new HashMap<>()).put(lock.need(), lock.quantity());
            lockedOfLot.merge(lock.lot(), lock.quantity(), Long::sum);
            lockedForNeed.merge(lock.need(), lock.quantity(), Long::sum);
        }
    }

    /** Checks the lines and prices of a plan, and believes none of its other figures. */
    public static Report of(PlanningProblem problem, List<PlanLine> lines, Prices prices) {
        PlanAudit audit = new PlanAudit(problem);
        BigInteger objective = audit.checkLines(lines);
        BigInteger lowerBound = audit.checkPrices(prices);
        return new Report(audit.findings, objective, lowerBound);
    }

    private BigInteger checkLines(List<PlanLine> lines) {
        Map<LotKey, Long> out = new HashMap<>();
        Map<NeedKey, Long> in = new HashMap<>();
        Map<LotKey, Map<NeedKey, Long>> planned = new HashMap<>();
        BigInteger objective = BigInteger.ZERO;
        for (PlanLine line : lines) {
            AvailableLot lot = lots.get(line.lot());
            OpenNeed need = needs.get(line.need());
            if (lot == null) {
                findings.add(new Finding.UnknownLot(line.lot()));
            }
            if (need == null) {
                findings.add(new Finding.UnknownNeed(line.need()));
            }
            if (lot == null || need == null) {
                continue;
            }
            if (line.quantity() < 1) {
                findings.add(new Finding.NoQuantity(line.lot(), line.need(), line.quantity()));
            }
            if (planned.computeIfAbsent(line.lot(), key -> new HashMap<>()).put(line.need(), line.quantity()) != null) {
                findings.add(new Finding.LineTwice(line.lot(), line.need()));
            }
            out.merge(line.lot(), line.quantity(), Long::sum);
            in.merge(line.need(), line.quantity(), Long::sum);
            String broken = brokenRule(lot, need);
            if (broken != null) {
                findings.add(new Finding.NotPossible(line.lot(), line.need(), broken));
                continue;
            }
            objective = objective.add(times(line.quantity(), unitCost(lot, need)));
        }
        for (AvailableLot lot : problem.lots()) {
            long leaving = out.getOrDefault(lot.key(), 0L);
            if (leaving > lot.quantity()) {
                findings.add(new Finding.MoreThanTheLotHas(lot.key(), leaving, lot.quantity()));
            }
        }
        for (OpenNeed need : problem.needs()) {
            long arriving = in.getOrDefault(need.key(), 0L);
            if (arriving > need.quantity()) {
                findings.add(new Finding.MoreThanTheNeedAsks(need.key(), arriving, need.quantity()));
            }
            objective = objective.subtract(valueOfFirst(need, arriving));
        }
        findings.addAll(LimitAudit.of(problem, lines));
        for (PlanConstraints.Lock lock : problem.constraints().locks()) {
            long quantity = planned.getOrDefault(lock.lot(), Map.of()).getOrDefault(lock.need(), 0L);
            if (quantity != lock.quantity()) {
                findings.add(new Finding.LockNotKept(lock.lot(), lock.need(), quantity, lock.quantity()));
            }
        }
        return objective;
    }

    private BigInteger checkPrices(Prices prices) {
        BigInteger bound = BigInteger.ZERO;
        for (AvailableLot lot : problem.lots()) {
            Long u = prices.lots().get(lot.key());
            if (u == null) {
                findings.add(new Finding.PriceMissing("lot " + lot.key()));
                continue;
            }
            if (u < 0) {
                findings.add(new Finding.PriceNegative(lot.key(), u));
            }
            bound = bound.subtract(times(lot.quantity() - lockedOfLot.getOrDefault(lot.key(), 0L), u));
        }
        for (OpenNeed need : problem.needs()) {
            Long w = prices.needs().get(need.key());
            if (w == null) {
                findings.add(new Finding.PriceMissing("need " + need.key()));
                continue;
            }
            long already = lockedForNeed.getOrDefault(need.key(), 0L);
            bound = bound.subtract(valueOfFirst(need, already));
            for (int s = 0; s < 10; s++) {
                long below = Math.max(already, border(need.quantity(), s));
                long size = Math.max(0, border(need.quantity(), s + 1) - below);
                bound = bound.subtract(times(size, Math.max(0, value(need, s) - w)));
            }
            for (AvailableLot lot : problem.lots()) {
                Long u = prices.lots().get(lot.key());
                if (u == null || lockedPair(lot, need) || brokenRule(lot, need) != null) {
                    continue;
                }
                long reduced = unitCost(lot, need) + u - w;
                if (reduced < 0) {
                    findings.add(new Finding.PriceUndercut(lot.key(), need.key(), -reduced));
                }
            }
        }
        for (PlanConstraints.Lock lock : problem.constraints().locks()) {
            AvailableLot lot = lots.get(lock.lot());
            OpenNeed need = needs.get(lock.need());
            if (lot != null && need != null && brokenRule(lot, need) == null) {
                bound = bound.add(times(lock.quantity(), unitCost(lot, need)));
            }
        }
        return bound;
    }

    private boolean lockedPair(AvailableLot lot, OpenNeed need) {
        return locked.getOrDefault(lot.key(), Map.of()).containsKey(need.key());
    }

    /** The first rule that forbids the pair; null if it is possible. */
    private @Nullable String brokenRule(AvailableLot lot, OpenNeed need) {
        boolean sameItem = lot.item().equals(need.item());
        if (!sameItem && !problem.policy().substitutions().contains(new Policy.Substitution(lot.item(), need.item()))) {
            return "item";
        }
        if (!lot.unit().equals(need.unit())) {
            return "unit";
        }
        for (PlanConstraints.Ban ban : problem.constraints().bans()) {
            boolean applies = ban instanceof PlanConstraints.Ban.ForAll
                    || (ban instanceof PlanConstraints.Ban.ForNeed one
                            && one.need().equals(need.key()))
                    || (ban instanceof PlanConstraints.Ban.ForCommunity some
                            && some.community().equals(need.community()));
            if (applies && ban.lot().equals(lot.key())) {
                return "ban";
            }
        }
        Optional<TravelTimes.Leg> leg = problem.travel().between(lot.position(), need.position());
        if (leg.isEmpty() || problem.closures().block(lot.position(), need.position())) {
            return "closed";
        }
        double hours = leg.get().hours();
        double coldHours = problem.policy().limits().coldHours();
        if (lot.coldChain() && coldHours > 0 && hours > coldHours) {
            return "cold chain";
        }
        Instant neededBy = need.neededBy();
        if (neededBy != null && hours > hoursBetween(ready(lot), neededBy)) {
            return "deadline";
        }
        Instant expiresAt = lot.expiresAt();
        if (expiresAt != null) {
            Duration life = problem.policy()
                    .minimumShelfLifeByItem()
                    .getOrDefault(lot.item(), problem.policy().minimumShelfLife());
            if (hours + hoursBetween(Instant.EPOCH, Instant.EPOCH.plus(life)) > hoursBetween(ready(lot), expiresAt)) {
                return "expiry";
            }
        }
        return null;
    }

    private Instant ready(AvailableLot lot) {
        Instant from = lot.availableFrom();
        Instant start = from != null && from.isAfter(problem.now()) ? from : problem.now();
        return start.plus(Duration.ofHours(1));
    }

    private static double hoursBetween(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return (between.getSeconds() + between.getNano() / 1e9) / 3600;
    }

    private long unitCost(AvailableLot lot, OpenNeed need) {
        TravelTimes.Leg leg =
                problem.travel().between(lot.position(), need.position()).orElseThrow();
        long cost = Math.round(10 * leg.km());
        if (!lot.item().equals(need.item())) {
            cost += 10L * problem.policy().substitutePenaltyKm();
        }
        if (lot.expiresAt() == null) {
            return cost;
        }
        double left = hoursBetween(ready(lot), lot.expiresAt()) - leg.hours();
        if (left <= 8) {
            return cost - 150;
        }
        if (left <= 24) {
            return cost - 100;
        }
        return left <= 72 ? cost - 40 : cost;
    }

    /** How many of a need's units lie below tier s. */
    private static long border(long quantity, int s) {
        return s == 0 ? 0 : Math.floorDiv(2 * quantity * s + 10, 20L);
    }

    private long value(OpenNeed need, int s) {
        double p = 16.0 / (1 << need.priority());
        Instant neededBy = need.neededBy();
        double u = 1;
        if (neededBy != null) {
            double hours = hoursBetween(problem.now(), neededBy);
            u = hours <= 12 ? 2 : hours <= 48 ? 1.5 : 1;
        }
        double protection =
                1 + need.protectedShare() * (problem.policy().fairness().protectedPeople() - 1);
        return Math.round(2000 * p * u * protection * Math.pow(problem.policy().equity(), 1 - (s + 0.5) / 10));
    }

    private BigInteger valueOfFirst(OpenNeed need, long units) {
        BigInteger sum = BigInteger.ZERO;
        for (int s = 0; s < 10; s++) {
            long inTier = Math.max(0, Math.min(units, border(need.quantity(), s + 1)) - border(need.quantity(), s));
            sum = sum.add(times(inTier, value(need, s)));
        }
        return sum;
    }

    private static BigInteger times(long units, long each) {
        return BigInteger.valueOf(units).multiply(BigInteger.valueOf(each));
    }
}
