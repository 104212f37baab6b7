package jp.musubi.need;

import java.time.Instant;
import jp.musubi.common.Quantity;

/** So much of one item arrived in good condition at one community. */
public record Receipt(Instant at, Quantity quantity) {}
