package jp.musubi.trace;

import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.LotId;
import jp.musubi.response.ResponseId;

/** Port: the codes under which givers see where their gifts are. Only a hash of a code is kept. */
public interface TrackingCodes {

    /**
     * Makes a code: 32 random bytes as URL-safe text, to be shown once. A code that was issued for the line before ends.
     *
     * @param line the first lot of a donation line
     * @throws IllegalArgumentException if the response has no such line
     */
    String issue(ResponseId response, LotId line, Optional<PersonId> issuer);

    /** The line a code was issued for; empty if there is no such code or it has ended. */
    Optional<Tracked> find(String code);

    /** A donation line of a response. */
    record Tracked(ResponseId response, LotId line) {}
}
