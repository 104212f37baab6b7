package jp.musubi.place.geo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.Action;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A layer that is one query, the same text for both databases. PostGIS makes its tiles by itself; on H2GIS the tile is
 * encoded here.
 */
public final class SqlLayer implements MapLayer {

    private final JdbcClient jdbc;
    private final Definition definition;

    /**
     * What the layer reads.
     *
     * @param sql selects {@code id} (bigint), {@code geom} (SRID 4326), {@code region} (a municipality code) and the
     *     properties; may use {@code :response}
     * @param properties columns that become properties, in this order
     * @param permission empty = everybody
     */
    public record Definition(
            String name,
            String titleJa,
            String titleEn,
            Shape shape,
            int minZoom,
            int maxZoom,
            Optional<Action> permission,
            Duration freshFor,
            String sql,
            List<String> properties) {

        public Definition {
            if (!name.matches("[a-z][a-z-]*")) {
                throw new IllegalArgumentException("A layer's name has lower case letters and hyphens, but was \""
                        + name + "\". Maybe \"" + name.toLowerCase(Locale.ROOT) + "\"?");
            }
            properties = List.copyOf(properties);
        }
    }

    public SqlLayer(JdbcClient jdbc, Definition definition) {
        this.jdbc = jdbc;
        this.definition = definition;
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public String title(Locale locale) {
        return locale.getLanguage().equals("en") ? definition.titleEn() : definition.titleJa();
    }

    @Override
    public Shape shape() {
        return definition.shape();
    }

    @Override
    public int minZoom() {
        return definition.minZoom();
    }

    @Override
    public int maxZoom() {
        return definition.maxZoom();
    }

    @Override
    public Optional<Action> permission() {
        return definition.permission();
    }

    @Override
    public Duration freshFor() {
        return definition.freshFor();
    }

    @Override
    public List<MapFeature> features(Query query) {
        Envelope within = query.within();
        String sql = "SELECT f.id, ST_AsBinary(f.geom) AS shape" + columns(", f.") + " FROM (" + definition.sql()
                + ") f WHERE f.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326)" + regions(query)
                + " ORDER BY f.id";
        JdbcClient.StatementSpec statement = jdbc.sql(sql)
                .param("response", query.response().value())
                .param("west", within.getMinX())
                .param("south", within.getMinY())
                .param("east", within.getMaxX())
                .param("north", within.getMaxY());
        return withRegions(statement, query).query((row, n) -> read(row)).list();
    }

    /** The tile as PostGIS makes it. */
    byte[] postgisTile(TileAddress tile, Query query) {
        String sql = "SELECT ST_AsMVT(t, :name, " + TileAddress.EXTENT + ", 'geom', 'id') FROM ("
                + "SELECT f.id" + columns(", f.") + ", ST_AsMVTGeom(ST_Transform(f.geom, 3857), "
                + "ST_TileEnvelope(:z, :x, :y), " + TileAddress.EXTENT + ", " + TileAddress.BUFFER + ", true) AS geom"
                + " FROM (" + definition.sql() + ") f"
                + " WHERE f.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326)" + regions(query)
                + " ORDER BY f.id) t WHERE t.geom IS NOT NULL";
        Envelope within = query.within();
        JdbcClient.StatementSpec statement = jdbc.sql(sql)
                .param("name", name())
                .param("z", tile.z())
                .param("x", tile.x())
                .param("y", tile.y())
                .param("response", query.response().value())
                .param("west", within.getMinX())
                .param("south", within.getMinY())
                .param("east", within.getMaxX())
                .param("north", within.getMaxY());
        return withRegions(statement, query).query(byte[].class).single();
    }

    private String columns(String before) {
        StringBuilder columns = new StringBuilder();
        definition.properties().forEach(property -> columns.append(before).append(property));
        return columns.toString();
    }

    private static String regions(Query query) {
        if (query.regions().isEmpty()) {
            return "";
        }
        List<String> allowed = new ArrayList<>();
        for (int i = 0; i < query.regions().get().size(); i++) {
            allowed.add("f.region LIKE :region" + i);
        }
        return allowed.isEmpty() ? " AND 1 = 0" : " AND (" + String.join(" OR ", allowed) + ")";
    }

    private static JdbcClient.StatementSpec withRegions(JdbcClient.StatementSpec statement, Query query) {
        JdbcClient.StatementSpec result = statement;
        if (query.regions().isPresent()) {
            int i = 0;
            for (String region : query.regions().get()) {
                result = result.param("region" + i++, region + "%");
            }
        }
        return result;
    }

    private MapFeature read(ResultSet row) throws SQLException {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String property : definition.properties()) {
            Object value = row.getObject(property);
            if (value != null) {
                properties.put(property, value);
            }
        }
        try {
            Geometry geometry = new WKBReader().read(row.getBytes("shape"));
            geometry.setSRID(4326);
            return new MapFeature(row.getLong("id"), geometry, properties);
        } catch (ParseException e) {
            throw new SQLException(
                    "Layer " + name() + " holds a shape that cannot be read at id " + row.getLong("id"), e);
        }
    }
}
