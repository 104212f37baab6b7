-- What the pages of large plans ask for at every look, kept once.

-- How often anybody decided about the plan's lines.
ALTER TABLE plan ADD COLUMN decisions bigint DEFAULT 0 NOT NULL;
UPDATE plan SET decisions = coalesce((SELECT sum(l.version) FROM plan_line l WHERE l.plan_id = plan.id), 0);

-- The order of pages: by municipality, community and item as they were called when the plan was made; counts from 1.
ALTER TABLE plan_line ADD COLUMN place_in_plan integer;
MERGE INTO plan_line t
USING (SELECT l.id, row_number() OVER (PARTITION BY l.plan_id
                                           ORDER BY c.municipality_code, c.name, l.item_id, l.id) AS place
         FROM plan_line l LEFT JOIN community c ON c.id = l.community_id) s
ON (t.id = s.id)
WHEN MATCHED THEN UPDATE SET place_in_plan = s.place;
ALTER TABLE plan_line ALTER COLUMN place_in_plan SET NOT NULL;
CREATE UNIQUE INDEX plan_line_place ON plan_line (plan_id, place_in_plan);

-- What a plan moves or lacks.
CREATE TABLE plan_item (
    plan_id            bigint       NOT NULL REFERENCES plan,
    item_id            bigint       NOT NULL,
    PRIMARY KEY (plan_id, item_id)
);
INSERT INTO plan_item (plan_id, item_id)
SELECT plan_id, item_id FROM plan_line
UNION SELECT plan_id, need_item_id FROM plan_line
UNION SELECT plan_id, item_id FROM plan_shortfall;
