package jp.musubi.training;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.identity.PersonId;

/** Who edits, and when in real time. */
public record Edit(Optional<PersonId> by, Instant at) {}
