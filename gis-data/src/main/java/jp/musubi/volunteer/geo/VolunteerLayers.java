package jp.musubi.volunteer.geo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Action;
import jp.musubi.place.geo.MapLayer;
import jp.musubi.place.geo.MapLayer.Shape;
import jp.musubi.place.geo.SqlLayer;
import jp.musubi.place.geo.SqlLayer.Definition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Places where volunteers are still wanted, with how many seats are open over all days. */
@Configuration(proxyBeanMethods = false)
class VolunteerLayers {

    private static final String OPEN_SEATS = """
            SELECT MIN(s.id) AS id, s.municipality_code AS region, s.place_name AS name, s.point AS geom,
                   CAST(SUM(e.seats - e.taken) AS integer) AS open
              FROM shift_place s
              JOIN (SELECT c.shift_id, c.seats,
                           (SELECT COUNT(*) FROM assignment a
                             WHERE a.shift_id = c.shift_id AND a.line_no = c.line_no
                               AND a.state NOT IN ('NO_SHOW', 'WITHDRAWN')) AS taken
                      FROM shift_seat c) e ON e.shift_id = s.id
             WHERE s.response_id = :response AND s.cancelled_at IS NULL AND s.point IS NOT NULL AND e.taken < e.seats
             GROUP BY s.municipality_code, s.place_name, s.point""";

    @Bean
    @Order(30)
    MapLayer openSeatsLayer(JdbcClient jdbc) {
        return new SqlLayer(
                jdbc,
                new Definition(
                        "open-seats",
                        "ボランティアの空席",
                        "Open seats for volunteers",
                        Shape.POINT,
                        4,
                        14,
                        Optional.of(Action.MANAGE_VOLUNTEERS),
                        Duration.ZERO,
                        OPEN_SEATS,
                        List.of("name", "open")));
    }
}
