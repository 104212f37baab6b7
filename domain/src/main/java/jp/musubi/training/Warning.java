package jp.musubi.training;

import java.time.LocalDate;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/**
 * A warning about a cohort on a day, with its reason in figures.
 *
 * @param key which warning of the cohort this is: the same trouble has the same key on every day
 * @param trainee whom it is about; empty if about a session
 * @param session the day of the session it is about
 */
public record Warning(
        WarningRule rule, String key, Optional<TraineeId> trainee, Optional<LocalDate> session, BilingualText reason) {}
