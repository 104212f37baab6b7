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
import jp.musubi.place.Hub;
import jp.musubi.place.HubCapacity;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubId;
import jp.musubi.place.HubState;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Point;

@Entity
@Table(name = "hub")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class HubEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private long responseId;
    private String source;
    private String externalId;
    private boolean derived;
    private String name;
    private @Nullable String nameEn;
    private @Nullable String address;
    private String municipalityCode;
    private Point point;
    private boolean pointDoubtful;

    @Enumerated(EnumType.STRING)
    private HubState state;

    @Column(name = "throughput_kg_per_day")
    private @Nullable Long kilogramsPerDay;

    @Column(name = "throughput_m3_per_day")
    private @Nullable Double cubicMetresPerDay;

    @Column(name = "throughput_lines_per_day")
    private @Nullable Long linesPerDay;

    private @Nullable Double handlingHoursPerDay;

    @Column(name = "max_vehicle_width_m")
    private @Nullable Double maxVehicleWidth;

    private String searchKey;
    private Instant reportedAt;
    private String feedSheet = "";

    @Version
    private long version;

    protected HubEntity() {}

    HubEntity(ResponseId response, String source, String externalId, HubDetails details, String search, Instant at) {
        this.responseId = response.value();
        this.source = source;
        this.externalId = externalId;
        say(details, search, at);
    }

    final void say(HubDetails details, String search, Instant at) {
        name = details.name();
        nameEn = details.nameEn().orElse(null);
        address = details.address().orElse(null);
        municipalityCode = details.municipality().value();
        point = Points.of(details.position());
        pointDoubtful = details.positionDoubtful();
        state = details.state();
        kilogramsPerDay = details.perDay().kilograms().orElse(null);
        cubicMetresPerDay = details.perDay().cubicMetres().orElse(null);
        linesPerDay = details.perDay().lines().orElse(null);
        handlingHoursPerDay = details.perDay().handlingHours().orElse(null);
        maxVehicleWidth = details.maxVehicleWidthMetres().orElse(null);
        searchKey = search;
        reportedAt = at;
    }

    String externalId() {
        return externalId;
    }

    long version() {
        return version;
    }

    HubDetails details() {
        return new HubDetails(
                name,
                Optional.ofNullable(nameEn),
                Optional.ofNullable(address),
                new MunicipalityCode(municipalityCode),
                new Position(point.getY(), point.getX()),
                pointDoubtful,
                state,
                new HubCapacity(
                        Optional.ofNullable(kilogramsPerDay),
                        Optional.ofNullable(cubicMetresPerDay),
                        Optional.ofNullable(linesPerDay),
                        Optional.ofNullable(handlingHoursPerDay)),
                Optional.ofNullable(maxVehicleWidth));
    }

    Hub toHub() {
        if (id == null) {
            throw new IllegalStateException("The hub \"" + name + "\" is not stored yet.");
        }
        return new Hub(
                new HubId(id), new ResponseId(responseId), source, externalId, derived, details(), reportedAt, version);
    }
}
