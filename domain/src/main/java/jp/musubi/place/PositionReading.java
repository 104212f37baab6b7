package jp.musubi.place;

import java.util.List;
import java.util.Optional;

/** What two cells say about a place. */
public sealed interface PositionReading {

    /** Both cells are blank: nobody knows where it is. */
    record Blank() implements PositionReading {}

    /** A position that can be. */
    record Read(Position position) implements PositionReading {}

    /** No position, and everything that is wrong. */
    record Wrong(List<PositionProblem> problems) implements PositionReading {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    default Optional<Position> found() {
        return this instanceof Read read ? Optional.of(read.position()) : Optional.empty();
    }
}
