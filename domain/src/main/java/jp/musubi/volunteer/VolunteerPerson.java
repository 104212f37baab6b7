package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.Optional;
import jp.musubi.place.Position;

/** Who a volunteer is: personal data, kept apart and sealed. Its text form shows nothing of it. */
public record VolunteerPerson(
        String name,
        Optional<String> phone,
        Optional<String> mail,
        Optional<LocalDate> birthDate,
        Optional<String> insuranceNumber,
        Optional<Position> home) {

    @Override
    public String toString() {
        return "VolunteerPerson[…]";
    }
}
