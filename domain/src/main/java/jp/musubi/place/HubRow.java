package jp.musubi.place;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one row of a file says about a hub; like {@link CommunityRow}, only what it has columns for.
 *
 * @param details what is not stated here holds defaults
 */
public record HubRow(HubDetails details, Optional<String> contact, Optional<Instant> reportedAt, Set<Field> stated) {

    /** What a file may have columns for; name, municipality and position it always says. */
    public enum Field {
        NAME_EN,
        ADDRESS,
        STATE,
        KILOGRAMS,
        CUBIC_METRES,
        LINES,
        HANDLING_HOURS,
        VEHICLE_WIDTH,
        CONTACT
    }

    public HubRow {
        Set<Field> copy = EnumSet.noneOf(Field.class);
        copy.addAll(stated);
        stated = Collections.unmodifiableSet(copy);
    }

    /** What is known after this row, given what was known before. */
    public HubDetails onto(HubDetails known) {
        return new HubDetails(
                details.name(),
                stated.contains(Field.NAME_EN) ? details.nameEn() : known.nameEn(),
                stated.contains(Field.ADDRESS) ? details.address() : known.address(),
                details.municipality(),
                details.position(),
                details.positionDoubtful(),
                stated.contains(Field.STATE) ? details.state() : known.state(),
                perDay(known.perDay()),
                stated.contains(Field.VEHICLE_WIDTH) ? details.maxVehicleWidthMetres() : known.maxVehicleWidthMetres());
    }

    private HubCapacity perDay(HubCapacity known) {
        HubCapacity now = details.perDay();
        return new HubCapacity(
                stated.contains(Field.KILOGRAMS) ? now.kilograms() : known.kilograms(),
                stated.contains(Field.CUBIC_METRES) ? now.cubicMetres() : known.cubicMetres(),
                stated.contains(Field.LINES) ? now.lines() : known.lines(),
                stated.contains(Field.HANDLING_HOURS) ? now.handlingHours() : known.handlingHours());
    }

    /** Equal texts = equal content. Holds personal data: only its hash is kept. */
    public String contentText() {
        return details + "\n" + contact + "\n" + reportedAt + "\n" + stated;
    }
}
