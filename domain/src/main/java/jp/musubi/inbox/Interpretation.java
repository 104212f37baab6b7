package jp.musubi.inbox;

import java.util.List;

/** What became of one row. */
public sealed interface Interpretation<T> {

    /** The row is good. */
    record Accepted<T>(T value) implements Interpretation<T> {}

    /** The row is not taken; everything that is wrong with it. */
    record Rejected<T>(List<RowProblem> problems) implements Interpretation<T> {
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("A rejected row needs at least one problem.");
            }
        }
    }

    /** Everything that is wrong with the row; empty if it was accepted. */
    default List<RowProblem> listProblems() {
        return this instanceof Rejected<T> rejected ? rejected.problems() : List.of();
    }

    static <T> Interpretation<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Interpretation<T> rejected(List<RowProblem> problems) {
        return new Rejected<>(problems);
    }
}
