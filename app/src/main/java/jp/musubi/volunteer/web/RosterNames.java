package jp.musubi.volunteer.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.store.RosterBoard;
import org.springframework.stereotype.Component;

/** What people are called on the board: their names, or their numbers where names may not be seen. */
@Component
class RosterNames {

    private final VolunteerAccess access;

    RosterNames(VolunteerAccess access) {
        this.access = access;
    }

    /** By the volunteer's id, for all who are or were on these shifts. */
    Map<Long, String> of(List<RosterBoard.Shift> shifts) {
        Map<Long, String> numbers = shifts.stream()
                .flatMap(shift -> Stream.concat(
                        shift.lines().stream().flatMap(line -> line.placed().stream()), shift.gone().stream()))
                .collect(Collectors.toMap(RosterBoard.Placed::volunteer, RosterBoard.Placed::number, (a, b) -> a));
        Map<VolunteerId, String> names =
                access.names(numbers.keySet().stream().map(VolunteerId::new).toList());
        return numbers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> names.getOrDefault(new VolunteerId(entry.getKey()), entry.getValue())));
    }
}
