/** Rosters by mixed integer programming: HiGHS inside OR-Tools. */
@NullMarked
package jp.musubi.volunteer.solver;

import org.jspecify.annotations.NullMarked;
