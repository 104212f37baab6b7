package jp.musubi.ledger;

import java.util.List;

/**
 * What became of something the ledger was asked to do. When it is rejected, nothing has changed.
 *
 * @param <T> what was made
 */
public sealed interface Outcome<T> {

    /**
     * @param repeated true if it had been done before under the same key, so that nothing changed now
     */
    record Done<T>(T value, boolean repeated) implements Outcome<T> {}

    /** At least one reason. */
    record Rejected<T>(List<Rejection> reasons) implements Outcome<T> {
        public Rejected {
            reasons = List.copyOf(reasons);
        }
    }

    default boolean isDone() {
        return this instanceof Done<T>;
    }

    /** Why it was not done; empty if it was. */
    default List<Rejection> reasons() {
        return this instanceof Rejected<T> rejected ? rejected.reasons() : List.of();
    }

    /**
     * @throws IllegalStateException if it was rejected
     */
    default T get() {
        if (this instanceof Done<T> done) {
            return done.value();
        }
        throw new IllegalStateException("It was rejected: " + reasons() + ".");
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value, false);
    }

    static <T> Outcome<T> repeated(T value) {
        return new Done<>(value, true);
    }

    static <T> Outcome<T> rejected(Decision decision) {
        return new Rejected<>(decision.reasons());
    }

    static <T> Outcome<T> rejected(Rejection reason) {
        return new Rejected<>(List.of(reason));
    }
}
