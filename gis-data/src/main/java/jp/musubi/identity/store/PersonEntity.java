package jp.musubi.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "person")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class PersonEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String login;
    private long organisationId;
    private String language;
    private int signInEpoch;
    private Instant createdAt;
    private @Nullable Instant deactivatedAt;

    @Version
    private long version;

    protected PersonEntity() {}

    PersonEntity(String login, OrganisationId organisation, Locale language, Instant createdAt) {
        this.login = login;
        this.organisationId = organisation.value();
        this.language = language.toLanguageTag();
        this.createdAt = createdAt;
    }

    void signOutEverywhere() {
        signInEpoch++;
    }

    void deactivate(Instant at) {
        if (deactivatedAt == null) {
            deactivatedAt = at;
            signInEpoch++;
        }
    }

    void reactivate() {
        deactivatedAt = null;
    }

    boolean isAt(long expectedVersion) {
        return version == expectedVersion;
    }

    Person toPerson() {
        return new Person(
                new PersonId(Objects.requireNonNull(id)),
                login,
                new OrganisationId(organisationId),
                Locale.forLanguageTag(language),
                signInEpoch,
                deactivatedAt == null);
    }
}
