package jp.musubi.identity;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.response.ResponseId;

/**
 * One edit of one aggregate: what it was, what it became, who did it, when and why. Values are JSON texts with the same
 * keys before and after; personal data never stands in them.
 *
 * @param aggregate kind of thing, e.g. {@code community}
 * @param action what was done, e.g. {@code create}, {@code correct}, {@code close}
 * @param recordedAt real time, not the response's
 */
public record Change(
        Optional<ResponseId> response,
        String aggregate,
        long aggregateId,
        String action,
        Optional<String> beforeJson,
        Optional<String> afterJson,
        Optional<PersonId> actor,
        Optional<String> reason,
        Instant recordedAt) {}
