package jp.musubi.matching;

import java.time.Instant;

/**
 * So much of one lot goes to one need.
 *
 * @param item the lot's item
 * @param unit the unit of the quantity
 * @param quantity at least 1
 * @param km length of the journey, not rounded
 * @param arrival when it gets there, rounded to milliseconds, for display only
 * @param unitCost cost of one unit in the objective's unit
 * @param locked whether a person decided this line
 */
public record PlanLine(
        LotKey lot,
        NeedKey need,
        String item,
        String unit,
        long quantity,
        double km,
        Instant arrival,
        long unitCost,
        boolean locked) {}
