package jp.musubi.place.store;

import java.util.Optional;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.PrecisionModel;

/** Positions as the databases keep them: x = longitude, y = latitude, SRID 4326. */
final class Points {

    private static final GeometryFactory FACTORY = new GeometryFactory(new PrecisionModel(), 4326);

    private Points() {}

    static Point of(Position position) {
        return FACTORY.createPoint(new Coordinate(position.longitude(), position.latitude()));
    }

    static Optional<Position> position(@Nullable Point point) {
        return Optional.ofNullable(point).map(each -> new Position(each.getY(), each.getX()));
    }
}
