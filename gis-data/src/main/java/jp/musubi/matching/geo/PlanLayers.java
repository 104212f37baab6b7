package jp.musubi.matching.geo;

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

/** The flows of the newest plan: one line from where goods lie to each community they are meant for. */
@Configuration(proxyBeanMethods = false)
class PlanLayers {

    private static final String FLOWS = """
            SELECT g.id, c.municipality_code AS region, g.lines,
                   ST_MakeLine(COALESCE(h.point, ST_SetSRID(ST_MakePoint(g.longitude, g.latitude), 4326)), c.point) AS geom
              FROM (SELECT MIN(x.id) AS id, x.hub_id, x.longitude, x.latitude, x.community_id, COUNT(*) AS lines
                      FROM (SELECT pl.id, pl.community_id, l.hub_id,
                                   CASE WHEN l.hub_id IS NULL THEN l.longitude END AS longitude,
                                   CASE WHEN l.hub_id IS NULL THEN l.latitude END AS latitude
                              FROM plan_line pl JOIN lot l ON l.id = pl.lot_id
                             WHERE pl.plan_id = (SELECT MAX(p.id) FROM plan p
                                                  WHERE p.response_id = :response AND p.discarded_at IS NULL)) x
                     GROUP BY x.hub_id, x.longitude, x.latitude, x.community_id) g
              JOIN community c ON c.id = g.community_id
              LEFT JOIN hub h ON h.id = g.hub_id
             WHERE c.point IS NOT NULL AND (h.point IS NOT NULL OR g.longitude IS NOT NULL)""";

    @Bean
    @Order(20)
    MapLayer flowsLayer(JdbcClient jdbc) {
        return new SqlLayer(
                jdbc,
                new Definition(
                        "flows",
                        "計画の流れ",
                        "Flows of the plan",
                        Shape.LINE,
                        4,
                        10,
                        Optional.of(Action.VIEW_OPERATIONS),
                        Duration.ZERO,
                        FLOWS,
                        List.of("lines")));
    }
}
