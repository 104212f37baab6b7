package jp.musubi.response;

import java.util.List;
import java.util.Optional;

/** Port: the responses of this installation. */
public interface Responses {

    /** All responses: those still open before closed ones, the newest first. */
    List<Response> listResponses();

    /** The same with what the register knows of each. */
    List<ResponseEntry> listEntries();

    /**
     * @throws IllegalArgumentException if there is no such response
     */
    ResponseEntry getEntry(ResponseId id);

    /**
     * The one question before anything is written into a response: pages and REST ask it for every request that changes
     * something, the ledger and the import for every transaction.
     *
     * @throws ResponseClosed if its work has ended
     */
    default void requireOpen(ResponseId id) {
        ResponseEntry entry = getEntry(id);
        if (!entry.isOpen()) {
            throw new ResponseClosed(entry.response());
        }
    }

    /**
     * Asks {@link #requireOpen} inside a transaction that writes, and keeps the response from being closed until that
     * transaction has ended: what is under way in the second of closing is either in before, or refused.
     *
     * @throws ResponseClosed if its work has ended
     */
    void holdOpen(ResponseId id);

    Optional<Response> findByCode(String code);

    /**
     * @throws IllegalArgumentException if there is no such response
     */
    Response getById(ResponseId id);

    /** Stores a new response; {@code draft.id()} is ignored. The code must be free. */
    Response open(Response draft);

    /**
     * Replaces everything but id and code.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if the response is not at {@code expectedVersion} any more
     */
    ResponseEntry change(Response changed, long expectedVersion);

    /**
     * Ends the work: the response stays readable. Closing a closed one changes nothing.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if the response is not at {@code expectedVersion} any more
     */
    ResponseEntry close(ResponseId id, long expectedVersion);

    /**
     * @throws jp.musubi.common.ChangedMeanwhile if the response is not at {@code expectedVersion} any more
     */
    ResponseEntry reopen(ResponseId id, long expectedVersion);

    /** Event: a response was opened; listeners wait for the commit. */
    record Opened(Response response) {}
}
