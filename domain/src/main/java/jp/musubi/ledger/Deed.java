package jp.musubi.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/**
 * Who does something in the ledger, where and when.
 *
 * @param actor empty for the machine's own operator
 * @param effectiveAt when it happened by the response's clock, in whole microseconds
 */
public record Deed(ResponseId response, Optional<PersonId> actor, Instant effectiveAt, IdempotencyKey key) {

    public Deed {
        effectiveAt = effectiveAt.truncatedTo(ChronoUnit.MICROS);
    }

    Deed part(long number) {
        return new Deed(response, actor, effectiveAt, key.part(number));
    }
}
