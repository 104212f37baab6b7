package jp.musubi.inbox.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox.Delivery;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Where pages and commands put a file on the route. */
@Component
public class Feeds {

    private final ProducerTemplate route;

    Feeds(ProducerTemplate route) {
        this.route = route;
    }

    /**
     * Reads the content to its end and keeps it; when this returns, the file is safe.
     *
     * @throws IOException if the content cannot be read or kept
     */
    public FeedId send(Delivery delivery, InputStream content) throws IOException {
        try {
            FeedId id = route.requestBody(FeedRoutes.FEED, new Arrival(delivery, content), FeedId.class);
            return Objects.requireNonNull(id, "The route gave no id back.");
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
