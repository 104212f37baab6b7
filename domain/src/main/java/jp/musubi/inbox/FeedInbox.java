package jp.musubi.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: where every route, page and command hands over a file. */
public interface FeedInbox {

    /**
     * Reads the content to its end, keeps it raw and encrypted, and queues it for the import job, in one transaction. A
     * delivery that was received before (same {@link Delivery#deliveryKey()}, same content) is not queued again, so a
     * route may repeat a delivery after a crash. Other content under the same key is another delivery.
     *
     * @return the file's id, whether it is new or was received before
     */
    FeedId receive(Delivery delivery, InputStream content) throws IOException;

    /**
     * A file as it arrives.
     *
     * @param kind name of the {@link ImportKind}; empty = found out from the header
     * @param source who keeps the list, {@link ImportContext#DEFAULT_SOURCE} if nobody said
     * @param fileName as the sender calls it, without folders
     * @param deliveryKey identifies this one delivery, not the content: the same file may be sent again on purpose
     */
    record Delivery(
            ResponseId response,
            Optional<String> kind,
            String source,
            String fileName,
            String deliveryKey,
            Optional<PersonId> actor) {

        public Delivery {
            if (source.isBlank() || source.length() > 64) {
                throw new IllegalArgumentException("A source has 1 to 64 characters, but was \"" + source + "\".");
            }
            if (deliveryKey.isBlank() || deliveryKey.length() > 200) {
                throw new IllegalArgumentException("A delivery key has 1 to 200 characters.");
            }
        }
    }

    /** Event: a file was received and its transaction has committed or is about to; listeners wait for the commit. */
    record FileReceived(FeedId feed) {}
}
