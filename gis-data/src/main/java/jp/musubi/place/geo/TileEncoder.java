package jp.musubi.place.geo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.overlayng.OverlayNG;

/**
 * Writes one layer as a vector tile (Mapbox Vector Tile specification 2.1). Coordinates are rounded with snapping, so
 * that areas stay valid.
 */
final class TileEncoder {

    private static final PrecisionModel WHOLE = new PrecisionModel(1);
    private static final GeometryFactory FACTORY = new GeometryFactory(WHOLE);
    private static final int MOVE_TO = 1;
    private static final int LINE_TO = 2;
    private static final int CLOSE_PATH = 7;

    private final Map<String, Integer> keys = new LinkedHashMap<>();
    private final Map<Object, Integer> values = new LinkedHashMap<>();
    private final List<byte[]> features = new ArrayList<>();
    private final Envelope tile;
    private final Geometry box;

    private TileEncoder(TileAddress address) {
        this.tile = address.mercator();
        int buffer = TileAddress.BUFFER;
        int extent = TileAddress.EXTENT;
        this.box = FACTORY.toGeometry(new Envelope(-buffer, extent + buffer, -buffer, extent + buffer));
    }

    /** The tile, empty if none of the features touches it. */
    static byte[] encode(String name, TileAddress address, List<MapFeature> features) {
        TileEncoder encoder = new TileEncoder(address);
        features.forEach(encoder::add);
        return encoder.features.isEmpty() ? new byte[0] : encoder.layer(name);
    }

    private void add(MapFeature feature) {
        Geometry shape = clipped(feature.geometry());
        if (shape.isEmpty()) {
            return;
        }
        Message tags = new Message();
        feature.properties().forEach((key, value) -> {
            tags.varint(keys.computeIfAbsent(key, k -> keys.size()));
            tags.varint(values.computeIfAbsent(value, v -> values.size()));
        });
        Message message = new Message();
        message.field(1, feature.id());
        message.field(2, tags.bytes());
        message.field(3, shape.getDimension() + 1);
        message.field(4, commands(shape));
        features.add(message.bytes());
    }

    private Geometry clipped(Geometry degrees) {
        Geometry inTile = moved(
                FACTORY.createGeometry(degrees),
                position -> new Coordinate(
                        (TileAddress.mercatorX(position.x) - tile.getMinX()) * TileAddress.EXTENT / tile.getWidth(),
                        (tile.getMaxY() - TileAddress.mercatorY(position.y)) * TileAddress.EXTENT / tile.getHeight()));
        if (degrees.getDimension() == 0) {
            Geometry whole = moved(inTile, at -> new Coordinate(Math.rint(at.x), Math.rint(at.y)));
            return FACTORY.createMultiPointFromCoords(java.util.Arrays.stream(whole.getCoordinates())
                    .filter(at -> box.getEnvelopeInternal().contains(at))
                    .toArray(Coordinate[]::new));
        }
        Geometry cut = OverlayNG.overlay(inTile, box, OverlayNG.INTERSECTION, WHOLE);
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < cut.getNumGeometries(); i++) {
            if (cut.getGeometryN(i).getDimension() == degrees.getDimension()
                    && !cut.getGeometryN(i).isEmpty()) {
                parts.add(cut.getGeometryN(i));
            }
        }
        return FACTORY.buildGeometry(parts);
    }

    private static Geometry moved(Geometry geometry, UnaryOperator<Coordinate> move) {
        Geometry copy = geometry.copy();
        copy.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence sequence, int i) {
                Coordinate to = move.apply(sequence.getCoordinate(i));
                sequence.setOrdinate(i, 0, to.x);
                sequence.setOrdinate(i, 1, to.y);
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return true;
            }
        });
        return copy;
    }

    private static byte[] commands(Geometry shape) {
        Pen pen = new Pen();
        if (shape.getDimension() == 0) {
            Coordinate[] points = shape.getCoordinates();
            pen.command(MOVE_TO, points.length);
            for (Coordinate point : points) {
                pen.to(point);
            }
            return pen.bytes();
        }
        for (int i = 0; i < shape.getNumGeometries(); i++) {
            if (shape.getGeometryN(i) instanceof Polygon polygon) {
                pen.ring(polygon.getExteriorRing(), true);
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    pen.ring(polygon.getInteriorRingN(hole), false);
                }
            } else if (shape.getGeometryN(i) instanceof LineString line) {
                pen.line(line.getCoordinates(), line.getNumPoints());
            }
        }
        return pen.bytes();
    }

    private byte[] layer(String name) {
        Message layer = new Message();
        layer.field(15, 2);
        layer.field(1, name.getBytes(StandardCharsets.UTF_8));
        features.forEach(feature -> layer.field(2, feature));
        keys.keySet().forEach(key -> layer.field(3, key.getBytes(StandardCharsets.UTF_8)));
        values.keySet().forEach(value -> layer.field(4, value(value)));
        layer.field(5, TileAddress.EXTENT);
        Message whole = new Message();
        whole.field(3, layer.bytes());
        return whole.bytes();
    }

    private static byte[] value(Object value) {
        Message message = new Message();
        if (value instanceof Boolean flag) {
            message.field(7, flag ? 1 : 0);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            message.field(4, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            message.fixed64(3, Double.doubleToLongBits(number.doubleValue()));
        } else {
            message.field(1, value.toString().getBytes(StandardCharsets.UTF_8));
        }
        return message.bytes();
    }

    /** Draws relative to where it stood last. */
    private static final class Pen {
        private final Message message = new Message();
        private long x;
        private long y;

        void command(int id, int count) {
            message.varint(id | ((long) count << 3));
        }

        void to(Coordinate point) {
            long toX = Math.round(point.x);
            long toY = Math.round(point.y);
            message.varint(zigzag(toX - x));
            message.varint(zigzag(toY - y));
            x = toX;
            y = toY;
        }

        void line(Coordinate[] points, int count) {
            command(MOVE_TO, 1);
            to(points[0]);
            command(LINE_TO, count - 1);
            for (int i = 1; i < count; i++) {
                to(points[i]);
            }
        }

        /** Outer rings have a positive area by the surveyor's formula, holes a negative one. */
        void ring(LinearRing ring, boolean outer) {
            LinearRing turned = Orientation.isCCW(ring.getCoordinateSequence()) == outer ? ring : ring.reverse();
            line(turned.getCoordinates(), turned.getNumPoints() - 1);
            command(CLOSE_PATH, 1);
        }

        byte[] bytes() {
            return message.bytes();
        }

        private static long zigzag(long value) {
            return (value << 1) ^ (value >> 63);
        }
    }

    /** The few parts of protocol buffers that a tile needs. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void field(int number, long value) {
            varint((long) number << 3);
            varint(value);
        }

        void field(int number, byte[] value) {
            varint(((long) number << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
        }

        void fixed64(int number, long bits) {
            varint(((long) number << 3) | 1);
            for (int shift = 0; shift < 64; shift += 8) {
                out.write((int) (bits >>> shift));
            }
        }

        void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
