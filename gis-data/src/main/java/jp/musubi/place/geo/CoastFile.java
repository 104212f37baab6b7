package jp.musubi.place.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;

/**
 * The land of Japan as the map draws it: one GeoJSON file in the program, true to about 100 m.
 *
 * <p>© OpenStreetMap contributors, ODbL 1.0: whatever shows it says so.
 */
public final class CoastFile {

    /** On the class path. */
    public static final String RESOURCE = "/reference/japan/coast.geojson";

    public static final String ATTRIBUTION = "© OpenStreetMap contributors";

    private CoastFile() {}

    /** The file as it is. The caller closes it. */
    public static InputStream open() {
        InputStream in = CoastFile.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IllegalStateException("The program lacks its file " + RESOURCE + ".");
        }
        return in;
    }

    /** The land in degrees (x = longitude, y = latitude), SRID 4326. */
    public static MultiPolygon land() {
        GeometryFactory factory = new GeometryFactory(new PrecisionModel(), 4326);
        try (InputStreamReader in = new InputStreamReader(open(), StandardCharsets.UTF_8)) {
            Geometry read = new GeoJsonReader(factory).read(in);
            // a feature collection comes as a collection of its features' shapes
            Geometry land = read.getNumGeometries() == 1 ? read.getGeometryN(0) : read;
            if (land instanceof MultiPolygon polygons) {
                return mended(polygons);
            }
            throw new IllegalStateException(RESOURCE + " holds a " + land.getGeometryType() + " and no MultiPolygon.");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE + ".", e);
        } catch (ParseException e) {
            throw new IllegalStateException("Cannot read " + RESOURCE + ".", e);
        }
    }

    /** The source's own rounding has let a few outlines cross themselves. */
    private static MultiPolygon mended(MultiPolygon land) {
        List<Polygon> whole = new ArrayList<>();
        for (int i = 0; i < land.getNumGeometries(); i++) {
            Geometry island = land.getGeometryN(i);
            Geometry valid = island.isValid() ? island : GeometryFixer.fix(island);
            for (int part = 0; part < valid.getNumGeometries(); part++) {
                whole.add((Polygon) valid.getGeometryN(part));
            }
        }
        return land.getFactory().createMultiPolygon(whole.toArray(Polygon[]::new));
    }
}
