/**
 * The plan: which lot goes to which need, proven optimal under a policy, with a reason for every line and every
 * shortfall.
 *
 * <p>Per group of items that can stand in for each other, a plan is a transportation problem. {@link
 * jp.musubi.matching.Planner} solves it in four steps:
 *
 * <ol>
 *   <li><b>Merge.</b> Lots of equal item, place, time and expiry have equal costs: they become one source. This loses
 *       nothing. ({@code LotClasses})
 *   <li><b>Estimate prices.</b> In large groups the sources are merged further by 10 km cell and expiry class, and the
 *       small problem is solved with all its arcs. Its prices say which real arcs can matter. ({@code GroupSolver})
 *   <li><b>Solve.</b> A primal network simplex with integer arithmetic solves the problem on those arcs.
 *       ({@code TransportSimplex})
 *   <li><b>Price all pairs.</b> Every pair that could still gain is added and the simplex goes on from where it stood,
 *       until no pair at all can gain. The prices then are a certificate that anyone can check:
 *       {@link jp.musubi.matching.PlanAudit} does, with code of its own.
 * </ol>
 */
@NullMarked
package jp.musubi.matching;

import org.jspecify.annotations.NullMarked;
