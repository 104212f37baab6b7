package jp.musubi.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "organisation")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class OrganisationEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private @Nullable Long parentId;

    @Enumerated(EnumType.STRING)
    private OrganisationKind kind;

    private String nameJa;
    private String nameEn;
    private @Nullable String municipalityCode;
    private @Nullable Instant closedAt;

    @Version
    private long version;

    protected OrganisationEntity() {}

    OrganisationEntity(Organisation draft) {
        parentId = draft.parent().map(OrganisationId::value).orElse(null);
        kind = draft.kind();
        nameJa = draft.nameJa();
        nameEn = draft.nameEn();
        municipalityCode = draft.municipalityCode().orElse(null);
    }

    /** Takes over names and municipality. */
    void change(Organisation changed) {
        nameJa = changed.nameJa();
        nameEn = changed.nameEn();
        municipalityCode = changed.municipalityCode().orElse(null);
    }

    void close(Instant at) {
        if (closedAt == null) {
            closedAt = at;
        }
    }

    void reopen() {
        closedAt = null;
    }

    boolean isAt(long expectedVersion) {
        return version == expectedVersion;
    }

    OrganisationEntry toEntry(int activePeople) {
        return new OrganisationEntry(toOrganisation(), Optional.ofNullable(closedAt), activePeople, version);
    }

    Organisation toOrganisation() {
        return new Organisation(
                new OrganisationId(Objects.requireNonNull(id)),
                Optional.ofNullable(parentId).map(OrganisationId::new),
                kind,
                nameJa,
                nameEn,
                Optional.ofNullable(municipalityCode));
    }
}
