package jp.musubi.response;

import java.time.Instant;
import java.util.Optional;

/**
 * A response as the register keeps it.
 *
 * @param openedAt real time
 * @param closedAt empty while the work goes on
 * @param version grows with every change; an edit names the version it was made from
 */
public record ResponseEntry(Response response, Instant openedAt, Optional<Instant> closedAt, long version) {

    public boolean isOpen() {
        return closedAt.isEmpty();
    }
}
