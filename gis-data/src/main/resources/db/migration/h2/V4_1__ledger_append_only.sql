CREATE INDEX posting_corrects ON posting (corrects);

CREATE TRIGGER posting_append_only BEFORE UPDATE, DELETE ON posting FOR EACH ROW
    CALL 'jp.musubi.ledger.store.AppendOnlyTrigger';
CREATE TRIGGER movement_append_only BEFORE UPDATE, DELETE ON movement FOR EACH ROW
    CALL 'jp.musubi.ledger.store.AppendOnlyTrigger';
CREATE TRIGGER lot_append_only BEFORE UPDATE, DELETE ON lot FOR EACH ROW
    CALL 'jp.musubi.ledger.store.AppendOnlyTrigger';
CREATE TRIGGER lot_origin_append_only BEFORE UPDATE, DELETE ON lot_origin FOR EACH ROW
    CALL 'jp.musubi.ledger.store.AppendOnlyTrigger';
CREATE TRIGGER ledger_block_append_only BEFORE UPDATE, DELETE ON ledger_block FOR EACH ROW
    CALL 'jp.musubi.ledger.store.AppendOnlyTrigger';
