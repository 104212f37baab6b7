package jp.musubi.volunteer.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.store.ContentCipher;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Volunteers' personal data: one sealed text for each person, opened only where it is needed. */
@Component
class SealedPeople {

    private static final int IDS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final ContentCipher cipher;
    private final JsonMapper json = JsonMapper.builder().build();

    SealedPeople(JdbcClient jdbc, ContentCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** What is sealed. */
    private record Inside(
            String name,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String born,
            @Nullable String insurance,
            @Nullable Double lat,
            @Nullable Double lon) {}

    String seal(VolunteerPerson person) {
        return cipher.seal(json.writeValueAsString(new Inside(
                person.name(),
                person.phone().orElse(null),
                person.mail().orElse(null),
                person.birthDate().map(LocalDate::toString).orElse(null),
                person.insuranceNumber().orElse(null),
                person.home().map(Position::latitude).orElse(null),
                person.home().map(Position::longitude).orElse(null))));
    }

    private VolunteerPerson open(String sealed) {
        Inside inside = json.readValue(cipher.unseal(sealed), Inside.class);
        return new VolunteerPerson(
                inside.name(),
                Optional.ofNullable(inside.phone()),
                Optional.ofNullable(inside.mail()),
                Optional.ofNullable(inside.born()).map(LocalDate::parse),
                Optional.ofNullable(inside.insurance()),
                inside.lat() == null || inside.lon() == null
                        ? Optional.empty()
                        : Optional.of(new Position(inside.lat(), inside.lon())));
    }

    Optional<VolunteerPerson> find(VolunteerId id) {
        return jdbc.sql("SELECT sealed FROM volunteer_person WHERE volunteer_id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(this::open);
    }

    Map<VolunteerId, VolunteerPerson> find(Collection<VolunteerId> ids) {
        Map<VolunteerId, VolunteerPerson> found = new HashMap<>();
        List<Long> all =
                ids.stream().map(VolunteerId::value).distinct().sorted().toList();
        for (int from = 0; from < all.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT volunteer_id, sealed FROM volunteer_person WHERE volunteer_id IN (:ids)")
                    .param("ids", new ArrayList<>(all.subList(from, Math.min(all.size(), from + IDS_PER_QUERY))))
                    .query((row, n) -> found.put(new VolunteerId(row.getLong(1)), open(row.getString(2))))
                    .list();
        }
        return found;
    }

    /** Everybody of a response. */
    Map<VolunteerId, VolunteerPerson> all(ResponseId response) {
        Map<VolunteerId, VolunteerPerson> found = new HashMap<>();
        jdbc.sql("""
                        SELECT p.volunteer_id, p.sealed FROM volunteer_person p JOIN volunteer v ON v.id = p.volunteer_id
                         WHERE v.response_id = ?""")
                .param(response.value())
                .query((row, n) -> found.put(new VolunteerId(row.getLong(1)), open(row.getString(2))))
                .list();
        return found;
    }

    void store(VolunteerId id, VolunteerPerson person) {
        int updated = jdbc.sql("UPDATE volunteer_person SET sealed = ? WHERE volunteer_id = ?")
                .params(seal(person), id.value())
                .update();
        if (updated == 0) {
            jdbc.sql("INSERT INTO volunteer_person (volunteer_id, sealed) VALUES (?, ?)")
                    .params(id.value(), seal(person))
                    .update();
        }
    }
}
