package jp.musubi.training.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.store.ContentCipher;
import jp.musubi.training.TraineeId;
import jp.musubi.training.TraineePerson;
import jp.musubi.training.TraineePerson.Sensitive;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Trainees' personal data and, apart from it, what needs special care: sealed, opened only where it is needed. */
@Component
class SealedTrainees {

    private static final int IDS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final ContentCipher cipher;
    private final JsonMapper json = JsonMapper.builder().build();

    SealedTrainees(JdbcClient jdbc, ContentCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    private record Person(
            String name,
            @Nullable String kana,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String born,
            @Nullable String address) {}

    private record Special(
            @Nullable String disability,
            @Nullable String health,
            @Nullable String circumstances) {}

    String seal(TraineePerson person) {
        return cipher.seal(json.writeValueAsString(new Person(
                person.name(),
                person.kana().orElse(null),
                person.phone().orElse(null),
                person.mail().orElse(null),
                person.birthDate().map(LocalDate::toString).orElse(null),
                person.address().orElse(null))));
    }

    String seal(Sensitive sensitive) {
        return cipher.seal(json.writeValueAsString(new Special(
                sensitive.disability().orElse(null),
                sensitive.health().orElse(null),
                sensitive.circumstances().orElse(null))));
    }

    private TraineePerson openPerson(String sealed) {
        Person person = json.readValue(cipher.unseal(sealed), Person.class);
        return new TraineePerson(
                person.name(),
                Optional.ofNullable(person.kana()),
                Optional.ofNullable(person.phone()),
                Optional.ofNullable(person.mail()),
                Optional.ofNullable(person.born()).map(LocalDate::parse),
                Optional.ofNullable(person.address()));
    }

    private Sensitive openSensitive(String sealed) {
        Special special = json.readValue(cipher.unseal(sealed), Special.class);
        return new Sensitive(
                Optional.ofNullable(special.disability()),
                Optional.ofNullable(special.health()),
                Optional.ofNullable(special.circumstances()));
    }

    Optional<TraineePerson> findPerson(TraineeId id) {
        return jdbc.sql("SELECT sealed FROM trainee_person WHERE trainee_id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(this::openPerson);
    }

    Sensitive findSensitive(TraineeId id) {
        return jdbc.sql("SELECT sealed FROM trainee_sensitive WHERE trainee_id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(this::openSensitive)
                .orElse(Sensitive.NONE);
    }

    Map<TraineeId, String> names(Collection<TraineeId> ids) {
        Map<TraineeId, String> names = new HashMap<>();
        List<Long> all = ids.stream().map(TraineeId::value).distinct().sorted().toList();
        for (int from = 0; from < all.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT trainee_id, sealed FROM trainee_person WHERE trainee_id IN (:ids)")
                    .param("ids", new ArrayList<>(all.subList(from, Math.min(all.size(), from + IDS_PER_QUERY))))
                    .query(row -> {
                        names.put(
                                new TraineeId(row.getLong(1)),
                                openPerson(row.getString(2)).name());
                    });
        }
        return names;
    }
}
