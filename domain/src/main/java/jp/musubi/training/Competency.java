package jp.musubi.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.BilingualText;

/**
 * A qualification that certificates are given for, as it was during a time: when a qualification is replaced, the new one is
 * another competency that says what it replaces.
 *
 * @param code e.g. {@code helper-2}
 * @param names how else people write it
 * @param from first day on which certificates of it are issued; empty = not known
 * @param until last such day; empty = still issued
 * @param replaces code of the competency it took the place of
 * @param hours of the course that leads to it
 */
public record Competency(
        String code,
        BilingualText name,
        List<String> names,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Optional<String> replaces,
        OptionalInt hours,
        Sureness sureness,
        BilingualText source) {

    public Competency {
        names = List.copyOf(names);
    }

    public boolean isIssuedOn(LocalDate day) {
        return from.map(first -> !day.isBefore(first)).orElse(true)
                && until.map(last -> !day.isAfter(last)).orElse(true);
    }
}
