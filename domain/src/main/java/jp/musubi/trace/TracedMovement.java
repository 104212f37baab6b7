package jp.musubi.trace;

import java.time.LocalDate;
import jp.musubi.ledger.Movement;

/**
 * A movement with the day on which it happened in the response's zone.
 *
 * @param corrects whether it takes something back or amends it
 */
public record TracedMovement(LocalDate day, Movement movement, boolean corrects) {}
