package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.place.Prefecture;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What screens read about places: one query, straight to records. */
@Component
public class PlaceListing {

    private final JdbcClient jdbc;

    PlaceListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A community that is not closed; null is unknown.
     *
     * @param municipality its code
     * @param reportedAt when somebody last reported about the place itself, by the response's clock
     */
    public record CommunityLine(
            long id,
            String name,
            String kind,
            String municipality,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Integer people,
            @Nullable Integer children,
            @Nullable Integer infants,
            @Nullable Integer elderly,
            @Nullable Integer capacity,
            boolean derived,
            Instant reportedAt) {}

    /** A hub. */
    public record HubLine(
            long id,
            String name,
            @Nullable String nameEn,
            String municipality,
            double lat,
            double lon,
            String state,
            boolean derived,
            long version) {}

    /** A municipality's name; a ward comes with its city. */
    public record MunicipalityLine(String code, String name) {}

    /**
     * The open communities, by id.
     *
     * @param regions prefixes of municipality codes the reader may see; empty = everything
     */
    public List<CommunityLine> listCommunities(ResponseId response, Optional<Set<String>> regions) {
        return jdbc.sql("""
                        SELECT id, name, kind, municipality_code, latitude, longitude, people, children, infants, elderly,
                               capacity, derived, reported_at
                          FROM community_place WHERE response_id = :response AND closed_at IS NULL ORDER BY id""").param("response", response.value()).query((row, n) -> community(row)).list().stream()
                .filter(line -> isIn(regions, line.municipality()))
                .toList();
    }

    /** One open community, if the reader may see it. */
    public Optional<CommunityLine> findCommunity(ResponseId response, long id, Optional<Set<String>> regions) {
        return jdbc.sql("""
                        SELECT id, name, kind, municipality_code, latitude, longitude, people, children, infants, elderly,
                               capacity, derived, reported_at
                          FROM community_place WHERE response_id = :response AND id = :id AND closed_at IS NULL""")
                .param("response", response.value())
                .param("id", id)
                .query((row, n) -> community(row))
                .optional()
                .filter(line -> isIn(regions, line.municipality()));
    }

    /** All hubs, by id. */
    public List<HubLine> listHubs(ResponseId response, Optional<Set<String>> regions) {
        return jdbc
                .sql("""
                        SELECT id, name, name_en, municipality_code, latitude, longitude, state, derived, version
                          FROM hub_place WHERE response_id = :response ORDER BY id""")
                .param("response", response.value())
                .query((row, n) -> new HubLine(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("name_en"),
                        row.getString("municipality_code"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        row.getString("state"),
                        row.getBoolean("derived"),
                        row.getLong("version")))
                .list()
                .stream()
                .filter(line -> isIn(regions, line.municipality()))
                .toList();
    }

    /** Names of all municipalities in the reader's language, by code. */
    public Map<String, MunicipalityLine> municipalities(Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        Map<String, MunicipalityLine> byCode = new TreeMap<>();
        jdbc.sql("""
                        SELECT m.code, m.ja, m.en, p.ja AS city_ja, p.en AS city_en
                          FROM municipality m LEFT JOIN municipality p ON p.code = m.parent_code""")
                .query((row, n) -> {
                    String name = row.getString(english ? "en" : "ja");
                    @Nullable String city = row.getString(english ? "city_en" : "city_ja");
                    return new MunicipalityLine(
                            row.getString("code"), city == null ? name : english ? name + ", " + city : city + name);
                })
                .list()
                .forEach(line -> byCode.put(line.code(), line));
        return byCode;
    }

    public static String prefecture(String municipalityCode, Locale locale) {
        return Prefecture.ofCode(municipalityCode.substring(0, 2)).name(locale);
    }

    private static boolean isIn(Optional<Set<String>> regions, String municipality) {
        return regions.isEmpty() || regions.get().stream().anyMatch(municipality::startsWith);
    }

    private static CommunityLine community(ResultSet row) throws SQLException {
        return new CommunityLine(
                row.getLong("id"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("municipality_code"),
                row.getObject("latitude", Double.class),
                row.getObject("longitude", Double.class),
                row.getObject("people", Integer.class),
                row.getObject("children", Integer.class),
                row.getObject("infants", Integer.class),
                row.getObject("elderly", Integer.class),
                row.getObject("capacity", Integer.class),
                row.getBoolean("derived"),
                row.getObject("reported_at", OffsetDateTime.class).toInstant());
    }
}
