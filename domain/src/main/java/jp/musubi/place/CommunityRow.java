package jp.musubi.place;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one row of a file says about a community. A file says only what it has columns for: a list of shelters with
 * capacities does not take back the headcounts that another file brought.
 *
 * @param details what is not stated here holds defaults
 * @param reportedAt when it was so, if the file says it
 * @param stated what the file has columns for; a blank cell below a column states "unknown"
 */
public record CommunityRow(
        CommunityDetails details, Optional<String> contact, Optional<Instant> reportedAt, Set<Field> stated) {

    /** What a file may have columns for; name and municipality it always says. */
    public enum Field {
        KANA,
        KIND,
        ADDRESS,
        POSITION,
        PEOPLE,
        CHILDREN,
        INFANTS,
        ELDERLY,
        CAPACITY,
        VEHICLE_WIDTH,
        CONTACT
    }

    public CommunityRow {
        Set<Field> copy = EnumSet.noneOf(Field.class);
        copy.addAll(stated);
        stated = Collections.unmodifiableSet(copy);
    }

    /** What is known after this row, given what was known before. */
    public CommunityDetails onto(CommunityDetails known) {
        People before = known.people();
        People here = details.people();
        return new CommunityDetails(
                details.name(),
                stated.contains(Field.KANA) ? details.kana() : known.kana(),
                stated.contains(Field.KIND) ? details.kind() : known.kind(),
                details.municipality(),
                stated.contains(Field.ADDRESS) ? details.address() : known.address(),
                stated.contains(Field.POSITION) ? details.position() : known.position(),
                stated.contains(Field.POSITION) ? details.positionDoubtful() : known.positionDoubtful(),
                new People(
                        stated.contains(Field.PEOPLE) ? here.total() : before.total(),
                        stated.contains(Field.CHILDREN) ? here.children() : before.children(),
                        stated.contains(Field.INFANTS) ? here.infants() : before.infants(),
                        stated.contains(Field.ELDERLY) ? here.elderly() : before.elderly()),
                stated.contains(Field.CAPACITY) ? details.capacity() : known.capacity(),
                stated.contains(Field.VEHICLE_WIDTH) ? details.maxVehicleWidthMetres() : known.maxVehicleWidthMetres());
    }

    /** Equal texts = equal content: what the file states and nothing else. Holds personal data: only its hash is kept. */
    public String contentText() {
        return details + "\n" + contact + "\n" + reportedAt + "\n" + stated;
    }
}
