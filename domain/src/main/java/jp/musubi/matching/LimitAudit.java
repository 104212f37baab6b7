package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.musubi.matching.PlanAudit.Finding;
import jp.musubi.place.Position;

/** Checks what hubs, vehicles, packs and shipments allow, for {@link PlanAudit} and with nothing of the solver's either. */
final class LimitAudit {

    private final PlanningProblem problem;
    private final Map<LotKey, AvailableLot> lots = new HashMap<>();
    private final Map<NeedKey, OpenNeed> needs = new HashMap<>();
    private final List<PlanLine> lines = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private LimitAudit(PlanningProblem problem, List<PlanLine> lines) {
        this.problem = problem;
        problem.lots().forEach(lot -> lots.put(lot.key(), lot));
        problem.needs().forEach(need -> needs.put(need.key(), need));
        lines.stream()
                .filter(line -> lots.containsKey(line.lot()) && needs.containsKey(line.need()))
                .forEach(this.lines::add);
    }

    static List<Finding> of(PlanningProblem problem, List<PlanLine> lines) {
        LimitAudit audit = new LimitAudit(problem, lines);
        problem.sharing().limits().forEach(audit::checkLimit);
        if (problem.policy().limits().wholePacks()) {
            problem.lots().stream().filter(lot -> lot.packSize() > 1).forEach(audit::checkPacks);
        }
        if (problem.policy().limits().leastShipmentKg() > 0) {
            audit.checkShipments(problem.policy().limits().leastShipmentKg());
        }
        return audit.findings;
    }

    private AvailableLot lot(PlanLine line) {
        return Objects.requireNonNull(lots.get(line.lot()));
    }

    private OpenNeed need(PlanLine line) {
        return Objects.requireNonNull(needs.get(line.need()));
    }

    /** What people decided goes out in any case. */
    private void checkLimit(Sharing.Limit limit) {
        double planned = 0;
        double decided = 0;
        for (PlanLine line : lines) {
            if (limit.hub().equals(problem.sharing().hubs().get(line.lot()))
                    && (limit.municipality() == null
                            || limit.municipality()
                                    .equals(problem.sharing()
                                            .municipalities()
                                            .get(need(line).community())))
                    && leavesWithin(limit, line)) {
                Sharing.Bulk bulk = problem.sharing().bulks().getOrDefault(line.item(), new Sharing.Bulk(0, 0, 0));
                double takes = switch (limit.measure()) {
                    case KILOGRAMS -> bulk.kilograms() * line.quantity();
                    case CUBIC_METRES -> bulk.cubicMetres() * line.quantity();
                    case HOURS -> bulk.hours() * line.quantity();
                    case LINES -> 1;
                };
                planned += takes;
                decided += line.locked() ? takes : 0;
            }
        }
        double allowed = Math.max(limit.most(), decided);
        if (planned > allowed * (1 + 1e-9) + 1e-6) {
            findings.add(new Finding.MoreThanTheHubPassesOn(limit, planned, allowed));
        }
    }

    /** Whether a line can leave on no other days than the limit's. */
    private boolean leavesWithin(Sharing.Limit limit, PlanLine line) {
        AvailableLot lot = lot(line);
        OpenNeed need = need(line);
        int lastDay = problem.sharing().limits().stream()
                .mapToInt(Sharing.Limit::lastDay)
                .max()
                .orElse(0);
        Instant ready = lot.availableFrom() != null && lot.availableFrom().isAfter(problem.now())
                ? lot.availableFrom()
                : problem.now();
        long firstPossible =
                Math.min(lastDay, Duration.between(problem.now(), ready).toDays());
        double travel = problem.travel()
                .between(lot.position(), need.position())
                .orElseThrow()
                .hours();
        long lastPossible = lastDay;
        Instant lastUse = lot.expiresAt() == null
                ? null
                : lot.expiresAt().minus(problem.policy().minimumShelfLifeOf(lot.item()));
        for (Instant arriveBy : new Instant[] {need.neededBy(), lastUse}) {
            if (arriveBy != null) {
                double leaveBy = Duration.between(problem.now(), arriveBy).toMillis() / 3.6e6 - travel - 1;
                lastPossible = Math.min(lastPossible, Math.max(firstPossible, (long) Math.floor(leaveBy / 24)));
            }
        }
        return firstPossible >= limit.firstDay() && lastPossible <= limit.lastDay();
    }

    private void checkPacks(AvailableLot lot) {
        long free = lot.quantity();
        long loosePlanned = 0;
        for (PlanLine line : lines) {
            if (line.lot().equals(lot.key())) {
                if (line.locked()) {
                    free -= line.quantity();
                } else {
                    loosePlanned += line.quantity() % lot.packSize();
                }
            }
        }
        if (loosePlanned > Math.max(0, free) % lot.packSize()) {
            findings.add(new Finding.PackOpened(lot.key(), loosePlanned, Math.max(0, free) % lot.packSize()));
        }
    }

    private void checkShipments(double least) {
        record Shipment(Position from, CommunityKey to) {}
        Map<Shipment, Double> weights = new HashMap<>();
        Map<Shipment, PlanLine> example = new HashMap<>();
        for (PlanLine line : lines) {
            double each = problem.sharing()
                    .bulks()
                    .getOrDefault(line.item(), new Sharing.Bulk(0, 0, 0))
                    .kilograms();
            Shipment shipment = new Shipment(lot(line).position(), need(line).community());
            // What people decided goes out in any case, and what nobody knows the weight of counts as enough.
            weights.merge(
                    shipment,
                    line.locked() || each == 0 ? Double.POSITIVE_INFINITY : each * line.quantity(),
                    Double::sum);
            example.putIfAbsent(shipment, line);
        }
        weights.forEach((shipment, weight) -> {
            if (weight < least * (1 - 1e-9)) {
                PlanLine line = Objects.requireNonNull(example.get(shipment));
                findings.add(new Finding.TooLittleForAShipment(line.lot(), line.need(), weight, least));
            }
        });
    }
}
