/**
 * Volunteers, the shifts that need them, and the roster that brings both together.
 *
 * <p>A {@link jp.musubi.volunteer.RosterProblem} is all there is to know for one horizon, a
 * {@link jp.musubi.volunteer.RosterSolver} fills its seats, a {@link jp.musubi.volunteer.RosterAudit} checks the result
 * without sharing a line with the solver, and {@link jp.musubi.volunteer.RosterReasons} says why each seat is taken or
 * open. What a roster is worth is defined by {@link jp.musubi.volunteer.RosterPolicy}.
 */
@NullMarked
package jp.musubi.volunteer;

import org.jspecify.annotations.NullMarked;
