package jp.musubi.place.geo;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jp.musubi.place.Position;
import jp.musubi.response.Bounds;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.referencing.CRS;

/**
 * A flat map's coordinate system, x to the east and y to the north in metres: one of Japan's 19 plane rectangular zones
 * of JGD2011 (EPSG:6669–6687, Geospatial Information Authority of Japan), or UTM where no zone is near.
 *
 * @param name as printed under a map
 * @param fromEarth longitude, latitude in degrees → x, y
 * @param toEarth the way back
 */
public record PlaneZone(
        int epsg, String name, CoordinateReferenceSystem crs, MathTransform fromEarth, MathTransform toEarth) {

    private static final int FIRST_ZONE = 6669;

    /** Beyond this from every origin, a zone's distances are off by more than a few per mille. */
    private static final double REACH_KM = 700;

    /** Origins of zones I to XIX: notice No. 9 of the Ministry of Land, 2002. */
    private static final double[][] ORIGINS = {
        {33, 129.5},
        {33, 131},
        {36, 132 + 10 / 60.0},
        {33, 133.5},
        {36, 134 + 20 / 60.0},
        {36, 136},
        {36, 137 + 10 / 60.0},
        {36, 138.5},
        {36, 139 + 50 / 60.0},
        {40, 140 + 50 / 60.0},
        {44, 140.25},
        {44, 142.25},
        {44, 144.25},
        {26, 142},
        {26, 127.5},
        {26, 124},
        {26, 131},
        {20, 136},
        {26, 154}
    };

    private static final String[] ROMAN = {
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX"
    };

    private static final ConcurrentMap<Integer, PlaneZone> KNOWN = new ConcurrentHashMap<>();

    /** The zone whose origin is nearest to the middle of the area. The first call in a process takes 1–2 s. */
    public static PlaneZone of(Bounds area) {
        Position middle = new Position((area.south() + area.north()) / 2, (area.west() + area.east()) / 2);
        int nearest = 0;
        double distance = Double.POSITIVE_INFINITY;
        for (int zone = 0; zone < ORIGINS.length; zone++) {
            double km = middle.kilometresTo(new Position(ORIGINS[zone][0], ORIGINS[zone][1]));
            if (km < distance) {
                distance = km;
                nearest = zone;
            }
        }
        if (distance <= REACH_KM) {
            return get(FIRST_ZONE + nearest, "JGD2011 / " + ROMAN[nearest]);
        }
        int utm = Math.min(60, (int) Math.floor((middle.longitude() + 180) / 6) + 1);
        boolean south = middle.latitude() < 0;
        return get((south ? 32700 : 32600) + utm, "WGS 84 / UTM " + utm + (south ? "S" : "N"));
    }

    private static PlaneZone get(int epsg, String name) {
        return KNOWN.computeIfAbsent(epsg, code -> decode(code, name));
    }

    private static PlaneZone decode(int epsg, String name) {
        try {
            CoordinateReferenceSystem plane = CRS.decode("EPSG:" + epsg, true);
            CoordinateReferenceSystem earth = CRS.decode(epsg < 7000 ? "EPSG:6668" : "EPSG:4326", true);
            return new PlaneZone(
                    epsg,
                    name,
                    plane,
                    CRS.findMathTransform(earth, plane, true),
                    CRS.findMathTransform(plane, earth, true));
        } catch (FactoryException e) {
            throw new IllegalStateException("No coordinate system EPSG:" + epsg, e);
        }
    }
}
