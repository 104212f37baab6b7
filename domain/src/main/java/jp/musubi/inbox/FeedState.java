package jp.musubi.inbox;

/** How far a file has come. */
public enum FeedState {
    /** Kept, and its turn has not come. */
    WAITING,
    /** Being read, or cut off in the middle by the end of its process; then it is resumed without help. */
    RUNNING,
    /** Stopped by a person between two chunks; can be resumed. */
    STOPPED,
    /** Read to its end; some rows may have been rejected. */
    DONE,
    /** Cannot be read as a table, or failed; what was read before stays. */
    FAILED;

    /** Whether nothing more happens to it without a person. */
    public boolean isSettled() {
        return this == STOPPED || this == DONE || this == FAILED;
    }
}
