package jp.musubi.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a rule says. */
public sealed interface Decision {

    record Allowed() implements Decision {}

    /** At least one reason. */
    record Rejected(List<Rejection> reasons) implements Decision {
        public Rejected {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("A rejection needs a reason.");
            }
        }
    }

    default List<Rejection> reasons() {
        return this instanceof Rejected rejected ? rejected.reasons() : List.of();
    }

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    static Decision allowed() {
        return new Allowed();
    }

    static Decision rejected(Rejection reason) {
        return new Rejected(List.of(reason));
    }

    /** Allowed if the rule allows every one of the things; else all reasons together. */
    static <T> Decision all(Iterable<T> things, Function<T, Decision> rule) {
        List<Rejection> reasons = new ArrayList<>();
        things.forEach(thing -> reasons.addAll(rule.apply(thing).reasons()));
        return reasons.isEmpty() ? allowed() : new Rejected(reasons);
    }
}
