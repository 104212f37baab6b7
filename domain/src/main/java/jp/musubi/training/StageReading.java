package jp.musubi.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's stage on a day, and why.
 *
 * @param since the day of the fact that decides; empty while nothing is known
 * @param rule which rule decides
 * @param reached the furthest step of the way, also of somebody who left
 * @param skipped earlier steps that have no date, although later ones have: something was not written down
 */
public record StageReading(Stage stage, Optional<LocalDate> since, StageRule rule, Stage reached, List<Stage> skipped) {

    public StageReading {
        skipped = List.copyOf(skipped);
        if (reached.isExit()) {
            throw new IllegalArgumentException("Nobody reaches an exit as a step of the way: " + reached);
        }
    }
}
