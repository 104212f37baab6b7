package jp.musubi.volunteer;

/**
 * A fixed seat that cannot be kept.
 *
 * @param kind why
 */
public record RosterConflict(Kind kind, RosterProblem.Seat seat) {

    /** Why a fixed seat cannot be kept. */
    public enum Kind {
        /** The person or the line is not in the problem. */
        UNKNOWN,
        /** Fixed and banned. */
        BANNED,
        /** Two shifts on one day. */
        TWO_SHIFTS,
        /** Too many days in a row, or too little rest between two shifts. */
        NO_REST,
        /** Without the skill or the licence that the seat asks for. */
        NO_SKILL,
        /** A minor at a risk, or without consent. */
        MINOR,
        /** More people than seats. */
        NO_SEAT
    }
}
