-- What a hub can do in a day, beside kilograms, and what its vehicles carry to one municipality.
ALTER TABLE hub ADD COLUMN throughput_m3_per_day double precision CHECK (throughput_m3_per_day >= 0);
ALTER TABLE hub ADD COLUMN throughput_lines_per_day bigint CHECK (throughput_lines_per_day >= 0);
ALTER TABLE hub ADD COLUMN handling_hours_per_day double precision CHECK (handling_hours_per_day >= 0);

CREATE TABLE hub_route (
    hub_id             bigint           NOT NULL REFERENCES hub,
    municipality_code  varchar(5)       NOT NULL REFERENCES municipality,
    kg_per_day         bigint           CHECK (kg_per_day >= 0),
    m3_per_day         double precision CHECK (m3_per_day >= 0),
    PRIMARY KEY (hub_id, municipality_code),
    CHECK (kg_per_day IS NOT NULL OR m3_per_day IS NOT NULL)
);

DROP VIEW hub_place;
CREATE VIEW hub_place AS
SELECT h.id, h.response_id, h.source, h.external_id, h.derived, h.name, h.name_en, h.address,
       h.municipality_code, m.prefecture_code, m.ja AS municipality_ja, m.en AS municipality_en,
       p.code AS city_code, p.ja AS city_ja, p.en AS city_en,
       h.point, ST_Y(h.point) AS latitude, ST_X(h.point) AS longitude, h.point_doubtful,
       h.state, h.throughput_kg_per_day, h.throughput_m3_per_day, h.throughput_lines_per_day,
       h.handling_hours_per_day, h.max_vehicle_width_m,
       h.search_key, h.reported_at, h.version
  FROM hub h
  JOIN municipality m ON m.code = h.municipality_code
  LEFT JOIN municipality p ON p.code = m.parent_code;
