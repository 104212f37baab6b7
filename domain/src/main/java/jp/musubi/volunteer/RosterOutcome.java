package jp.musubi.volunteer;

import java.util.List;

/** What came of a problem. */
public sealed interface RosterOutcome {

    record Solved(Roster roster) implements RosterOutcome {}

    /** What people fixed cannot be kept all at once. */
    record Contradictory(List<RosterConflict> conflicts) implements RosterOutcome {
        public Contradictory {
            conflicts = List.copyOf(conflicts);
        }
    }
}
