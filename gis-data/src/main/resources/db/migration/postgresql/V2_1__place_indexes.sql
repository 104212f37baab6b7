CREATE INDEX community_point ON community USING gist (point);
CREATE INDEX hub_point ON hub USING gist (point);
