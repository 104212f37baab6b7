package jp.musubi.place;

import java.util.List;
import java.util.Optional;

/** What the directory makes of a name or code that somebody wrote. */
public sealed interface MunicipalityMatch {

    /** The text means exactly this municipality. */
    record Resolved(Municipality municipality) implements MunicipalityMatch {}

    /** The text names several, at least two; the prefecture or the full name is needed. */
    record Ambiguous(List<Municipality> candidates) implements MunicipalityMatch {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** The text names none of them; the nearest ones first, possibly none. */
    record Unknown(List<Municipality> suggestions) implements MunicipalityMatch {
        public Unknown {
            suggestions = List.copyOf(suggestions);
        }
    }

    default Optional<Municipality> found() {
        return this instanceof Resolved resolved ? Optional.of(resolved.municipality()) : Optional.empty();
    }

    /** What a person may choose from when nothing was found. */
    default List<Municipality> choices() {
        if (this instanceof Ambiguous ambiguous) {
            return ambiguous.candidates();
        }
        return this instanceof Unknown unknown ? unknown.suggestions() : List.of();
    }
}
