-- What left in the last day is asked for with every plan: hubs can pass on only so much.
CREATE INDEX posting_effective ON posting (response_id, effective_at);
