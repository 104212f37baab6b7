package jp.musubi.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant in force, as the register keeps it.
 *
 * @param grantedBy empty if the operator's command or the first start gave it
 */
public record GrantEntry(GrantId id, PersonId person, Grant grant, Instant grantedAt, Optional<PersonId> grantedBy) {}
