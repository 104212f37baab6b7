package jp.musubi.place.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.place.Community;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.People;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Point;

@Entity
@Table(name = "community")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class CommunityEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private long responseId;
    private String source;
    private String externalId;
    private boolean derived;

    @Enumerated(EnumType.STRING)
    private CommunityKind kind;

    private String name;
    private @Nullable String kana;
    private @Nullable String address;
    private String municipalityCode;
    private @Nullable Point point;
    private boolean pointDoubtful;
    private @Nullable Integer people;
    private @Nullable Integer children;
    private @Nullable Integer infants;
    private @Nullable Integer elderly;
    private @Nullable Integer capacity;

    @Column(name = "max_vehicle_width_m")
    private @Nullable Double maxVehicleWidth;

    private String searchKey;
    private Instant reportedAt;
    private @Nullable Instant closedAt;
    private String feedSheet = "";

    @Version
    private long version;

    protected CommunityEntity() {}

    CommunityEntity(
            ResponseId response,
            String source,
            String externalId,
            CommunityDetails details,
            String search,
            Instant at) {
        this.responseId = response.value();
        this.source = source;
        this.externalId = externalId;
        say(details, search, at);
    }

    final void say(CommunityDetails details, String search, Instant at) {
        kind = details.kind();
        name = details.name();
        kana = details.kana().orElse(null);
        address = details.address().orElse(null);
        municipalityCode = details.municipality().value();
        point = details.position().map(Points::of).orElse(null);
        pointDoubtful = details.positionDoubtful();
        people = details.people().total().orElse(null);
        children = details.people().children().orElse(null);
        infants = details.people().infants().orElse(null);
        elderly = details.people().elderly().orElse(null);
        capacity = details.capacity().orElse(null);
        maxVehicleWidth = details.maxVehicleWidthMetres().orElse(null);
        searchKey = search;
        reportedAt = at;
    }

    void close(Instant at) {
        closedAt = at;
    }

    void reopen() {
        closedAt = null;
    }

    String externalId() {
        return externalId;
    }

    long version() {
        return version;
    }

    CommunityDetails details() {
        return new CommunityDetails(
                name,
                Optional.ofNullable(kana),
                kind,
                new MunicipalityCode(municipalityCode),
                Optional.ofNullable(address),
                Points.position(point),
                pointDoubtful,
                new People(
                        Optional.ofNullable(people),
                        Optional.ofNullable(children),
                        Optional.ofNullable(infants),
                        Optional.ofNullable(elderly)),
                Optional.ofNullable(capacity),
                Optional.ofNullable(maxVehicleWidth));
    }

    Community toCommunity() {
        if (id == null) {
            throw new IllegalStateException("The community \"" + name + "\" is not stored yet.");
        }
        return new Community(
                new CommunityId(id),
                new ResponseId(responseId),
                source,
                externalId,
                derived,
                details(),
                reportedAt,
                Optional.ofNullable(closedAt),
                version);
    }
}
