/** Plans against OR-Tools' solvers: as an oracle in tests and as a rival in benchmarks. */
@NullMarked
package jp.musubi.volunteer.solver;

import org.jspecify.annotations.NullMarked;
