package jp.musubi.place.geo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Action;
import jp.musubi.place.geo.MapLayer.Shape;
import jp.musubi.place.geo.SqlLayer.Definition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The layers of the feature {@code place}. */
@Configuration(proxyBeanMethods = false)
class PlaceLayers {

    @Bean
    @Order(10)
    MapLayer municipalitiesLayer(JdbcClient jdbc) {
        return new SqlLayer(
                jdbc,
                new Definition(
                        "municipalities",
                        "市町村",
                        "Municipalities",
                        Shape.POINT,
                        6,
                        10,
                        Optional.empty(),
                        Duration.ofDays(1),
                        "SELECT CAST(code AS bigint) AS id, point AS geom, code AS region, code, ja AS name, en AS name_en"
                                + " FROM municipality WHERE :response = :response",
                        List.of("code", "name", "name_en")));
    }

    @Bean
    @Order(30)
    MapLayer hubsLayer(JdbcClient jdbc) {
        return new SqlLayer(
                jdbc,
                new Definition(
                        "hubs",
                        "物資拠点",
                        "Hubs",
                        Shape.POINT,
                        4,
                        14,
                        Optional.of(Action.VIEW_OPERATIONS),
                        Duration.ZERO,
                        "SELECT id, point AS geom, municipality_code AS region, name, name_en, state, derived"
                                + " FROM hub_place WHERE response_id = :response",
                        List.of("name", "name_en", "state", "derived")));
    }

    @Bean
    @Order(40)
    MapLayer communitiesLayer(JdbcClient jdbc) {
        return new SqlLayer(
                jdbc,
                new Definition(
                        "communities",
                        "地域",
                        "Communities",
                        Shape.POINT,
                        4,
                        14,
                        Optional.of(Action.VIEW_OPERATIONS),
                        Duration.ZERO,
                        "SELECT id, point AS geom, municipality_code AS region, name, kind, people, derived"
                                + " FROM community_place"
                                + " WHERE response_id = :response AND closed_at IS NULL AND point IS NOT NULL",
                        List.of("name", "kind", "people", "derived")));
    }
}
