package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The half days on which somebody has said to have time. Whatever is not named is not free. */
public record Availability(SortedMap<LocalDate, Set<HalfDay>> days) {

    public static final Availability NONE = new Availability(new TreeMap<>());

    public Availability {
        SortedMap<LocalDate, Set<HalfDay>> copy = new TreeMap<>();
        days.forEach((day, halves) -> {
            if (!halves.isEmpty()) {
                copy.put(day, Collections.unmodifiableSet(EnumSet.copyOf(halves)));
            }
        });
        days = Collections.unmodifiableSortedMap(copy);
    }

    public static Availability of(Map<LocalDate, Set<HalfDay>> days) {
        return new Availability(new TreeMap<>(days));
    }

    public boolean isFree(ShiftTime time) {
        Set<HalfDay> halves = days.get(time.day());
        return halves != null && halves.containsAll(time.halves());
    }
}
