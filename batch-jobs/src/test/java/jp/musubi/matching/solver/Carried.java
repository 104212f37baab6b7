package jp.musubi.matching.solver;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.Coverage;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;

/**
 * What lines achieve, counted the same way whoever drew them up.
 *
 * @param objective total cost less total value; smaller is better
 * @param weightedUnmet Σ P·U·unmet / Σ P·U·quantity
 * @param unitKm Σ quantity · km
 * @param coverageP10 the share below which one need in ten lies
 * @param zeroShare the part of needs that get nothing
 */
record Carried(long objective, double weightedUnmet, double unitKm, double coverageP10, double zeroShare) {

    static Carried of(PlanningProblem problem, List<PlanLine> lines) {
        Map<NeedKey, Long> served = new HashMap<>();
        long objective = 0;
        double unitKm = 0;
        for (PlanLine line : lines) {
            objective += line.quantity() * line.unitCost();
            unitKm += line.quantity() * line.km();
            served.merge(line.need(), line.quantity(), Long::sum);
        }
        double[] shares = new double[problem.needs().size()];
        double unmet = 0;
        double asked = 0;
        for (int n = 0; n < shares.length; n++) {
            OpenNeed need = problem.needs().get(n);
            long arrived = served.getOrDefault(need.key(), 0L);
            double weight = PolicyText.weight(problem.now(), need);
            shares[n] = (double) arrived / need.quantity();
            unmet += weight * (need.quantity() - arrived);
            asked += weight * need.quantity();
            for (int s = 0; s < 10 && arrived > 0; s++) {
                long units = Math.min(arrived, PolicyText.tierSize(need.quantity(), s));
                objective -=
                        units * PolicyText.tierValue(weight, problem.policy().equity(), s);
                arrived -= units;
            }
        }
        Coverage coverage = Coverage.of(shares);
        return new Carried(objective, unmet / asked, unitKm, coverage.p10(), coverage.zeroShare());
    }

    /** So much of a lot goes to a need; the pair must be possible. */
    static PlanLine line(PlanningProblem problem, AvailableLot lot, OpenNeed need, long quantity) {
        double km = PolicyText.km(lot, need);
        long millis = Math.round(PolicyText.arrivalHours(problem.now(), lot, km) * 3.6e6);
        return new PlanLine(
                lot.key(),
                need.key(),
                lot.item(),
                lot.unit(),
                quantity,
                km,
                problem.now().plus(Duration.ofMillis(millis)),
                PolicyText.cost(problem.now(), lot, need).orElseThrow(),
                false);
    }
}
