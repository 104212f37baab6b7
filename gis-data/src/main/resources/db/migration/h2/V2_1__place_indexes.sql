CREATE SPATIAL INDEX community_point ON community (point);
CREATE SPATIAL INDEX hub_point ON hub (point);
