package jp.musubi.volunteer;

/** How far somebody's work on a shift has come. */
public enum AssignmentState {
    /** The roster says so; the next one may say otherwise. */
    PROPOSED,
    /** Told to the volunteer. */
    CONFIRMED,
    CHECKED_IN,
    CHECKED_OUT,
    /** Did not come. */
    NO_SHOW,
    /** Was taken off, or said no. */
    WITHDRAWN;

    /** Whether the person holds the seat. */
    public boolean holdsSeat() {
        return this != NO_SHOW && this != WITHDRAWN;
    }

    /** Whether the next roster must keep it. */
    public boolean isDecided() {
        return this == CONFIRMED || this == CHECKED_IN || this == CHECKED_OUT;
    }

    /** Whether a person may put it into that state by hand. */
    public boolean mayBecome(AssignmentState next) {
        return switch (this) {
            case PROPOSED -> next == CONFIRMED || next == CHECKED_IN || next == NO_SHOW || next == WITHDRAWN;
            case CONFIRMED -> next == PROPOSED || next == CHECKED_IN || next == NO_SHOW || next == WITHDRAWN;
            case CHECKED_IN -> next == CHECKED_OUT || next == CONFIRMED;
            case CHECKED_OUT -> false;
            case NO_SHOW, WITHDRAWN -> next == CONFIRMED || next == CHECKED_IN;
        };
    }
}
