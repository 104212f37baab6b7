/** Native solvers for what plans share, and in tests the rivals that plans are measured against. */
@org.jspecify.annotations.NullMarked
package jp.musubi.matching.solver;
