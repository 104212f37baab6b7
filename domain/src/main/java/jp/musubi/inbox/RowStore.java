package jp.musubi.inbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Port: takes accepted rows of a kind in bulk, in the chunk's transaction, which the caller has opened. Identity of a
 * record is (response, source, external id). External ids are unique within one call.
 */
@FunctionalInterface
public interface RowStore<T> {

    /**
     * Creates records that are new, leaves alone those with the same content, and corrects the others with an entry in
     * {@link jp.musubi.identity.ChangeLog}. Created rows carry {@link ImportContext#feed()} and {@link ImportedRow#line()}.
     */
    Applied apply(ImportContext context, List<ImportedRow<T>> rows);

    /**
     * What happened to the rows; the counts and the refused rows add up to the rows given.
     *
     * @param refused rows that only the store could find wrong, e.g. a correction below what is already promised
     */
    record Applied(int created, int unchanged, int corrected, List<Refused> refused) {

        public Applied {
            refused = List.copyOf(refused);
        }

        public static Applied of(int created, int unchanged, int corrected) {
            return new Applied(created, unchanged, corrected, List.of());
        }

        public Applied plus(Applied other) {
            List<Refused> all = new ArrayList<>(refused);
            all.addAll(other.refused);
            return new Applied(created + other.created, unchanged + other.unchanged, corrected + other.corrected, all);
        }
    }

    /** One refused row and why. */
    record Refused(Row row, List<RowProblem> problems) {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
