package jp.musubi.response.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "response")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class ResponseEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String code;
    private String nameJa;
    private String nameEn;
    private String zone;
    private String languages;
    private double south;
    private double west;
    private double north;
    private double east;
    private String clockKind;

    @Column(name = "clock_offset_seconds")
    private @Nullable Long clockOffsetSeconds;

    private @Nullable Instant clockFixedAt;
    private boolean training;
    private Instant createdAt;
    private @Nullable Instant closedAt;

    @Version
    private long version;

    protected ResponseEntity() {}

    ResponseEntity(Response draft, Instant createdAt) {
        this.code = draft.code();
        this.createdAt = createdAt;
        take(draft);
    }

    /** Takes over everything but id and code. */
    void change(Response changed) {
        take(changed);
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

    private void take(Response draft) {
        nameJa = draft.nameJa();
        nameEn = draft.nameEn();
        zone = draft.zone().getId();
        languages = draft.languages().stream().map(Locale::toLanguageTag).collect(Collectors.joining(","));
        south = draft.bounds().south();
        west = draft.bounds().west();
        north = draft.bounds().north();
        east = draft.bounds().east();
        training = draft.training();
        clockOffsetSeconds = null;
        clockFixedAt = null;
        if (draft.clock() instanceof ResponseClock.Offset offset) {
            clockKind = "OFFSET";
            clockOffsetSeconds = offset.shift().toSeconds();
        } else if (draft.clock() instanceof ResponseClock.Fixed fixed) {
            clockKind = "FIXED";
            clockFixedAt = fixed.instant();
        } else {
            clockKind = "REAL";
        }
    }

    Response toResponse() {
        if (id == null) {
            throw new IllegalStateException("The response \"" + code + "\" is not stored yet.");
        }
        return new Response(
                new ResponseId(id),
                code,
                nameJa,
                nameEn,
                ZoneId.of(zone),
                Arrays.stream(languages.split(",", -1))
                        .map(Locale::forLanguageTag)
                        .toList(),
                new Bounds(south, west, north, east),
                clock(),
                training);
    }

    ResponseEntry toEntry() {
        return new ResponseEntry(toResponse(), createdAt, Optional.ofNullable(closedAt), version);
    }

    private ResponseClock clock() {
        if (clockOffsetSeconds != null) {
            return new ResponseClock.Offset(Duration.ofSeconds(clockOffsetSeconds));
        }
        return clockFixedAt == null ? new ResponseClock.Real() : new ResponseClock.Fixed(clockFixedAt);
    }
}
