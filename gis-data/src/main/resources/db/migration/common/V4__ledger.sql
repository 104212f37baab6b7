-- The ledger: goods, money and hours, append-only. Postings, movements, lots, origins and blocks are never updated or
-- deleted; balances and reservations follow from them and can be rebuilt (`./musubi verify`).

-- Ids are handed out in blocks of 1000, so that bulk work asks the database once per block.
CREATE SEQUENCE posting_id_block START WITH 1 INCREMENT BY 1000;
CREATE SEQUENCE lot_id_block START WITH 1 INCREMENT BY 1000;
CREATE SEQUENCE account_id_block START WITH 1 INCREMENT BY 1000;
CREATE SEQUENCE reservation_id_block START WITH 1 INCREMENT BY 1000;
CREATE SEQUENCE consignment_id_block START WITH 1 INCREMENT BY 1000;
CREATE SEQUENCE donor_id_block START WITH 1 INCREMENT BY 1000;

-- Who gives, as an opaque number.
CREATE TABLE donor (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL REFERENCES response,
    organisation_id    bigint       REFERENCES organisation
);

-- Personal data, apart: can be deleted while the gifts stay. name_key brings ways of writing one name together.
CREATE TABLE donor_detail (
    donor_id           bigint       PRIMARY KEY REFERENCES donor,
    response_id        bigint       NOT NULL REFERENCES response,
    name               varchar(200) NOT NULL,
    name_key           varchar(200) NOT NULL,
    UNIQUE (response_id, name_key)
);

CREATE TABLE account (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL REFERENCES response,
    kind               varchar(16)  NOT NULL CHECK (kind IN
                           ('DONOR', 'SUPPLIER', 'PAYEE', 'CONSUMED', 'LOST', 'ANNOUNCED', 'HUB', 'INSPECTED', 'TRIP',
                            'COMMUNITY', 'FUND', 'PROJECT', 'ACTIVITY')),
    -- What the account stands for; 0 where a response has only one of the kind.
    ref_id             bigint       NOT NULL,
    UNIQUE (response_id, kind, ref_id)
);

-- Foreign keys of the tables that grow by millions are those whose index is needed anyway; verify checks the others.
CREATE TABLE posting (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL,
    cause              varchar(16)  NOT NULL,
    actor_id           bigint,
    -- By the response's clock, and in real time.
    effective_at       timestamp with time zone NOT NULL,
    recorded_at        timestamp with time zone NOT NULL,
    idempotency_key    varchar(250) NOT NULL UNIQUE,
    digest             bytea        NOT NULL,
    corrects           bigint
);

-- One donation line, or what was made of several lots. A corrected line becomes a new revision.
CREATE TABLE lot (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL,
    line_id            bigint       NOT NULL,
    revision           integer      NOT NULL CHECK (revision >= 1),
    posting_id         bigint       NOT NULL,
    source             varchar(64),
    external_id        varchar(100),
    item_id            bigint       NOT NULL REFERENCES item,
    substance          varchar(8)   NOT NULL CHECK (substance IN ('GOODS', 'MONEY', 'HOURS')),
    donor_id           bigint       NOT NULL,
    hub_id             bigint,
    latitude           double precision,
    longitude          double precision,
    available_from     timestamp with time zone,
    expires_at         timestamp with time zone,
    pack_size          bigint       CHECK (pack_size > 0),
    cold_chain         boolean      NOT NULL,
    feed_id            bigint,
    feed_sheet         varchar(64),
    feed_line          bigint,
    derived            boolean      NOT NULL,
    UNIQUE (response_id, source, external_id, revision),
    UNIQUE (feed_id, feed_sheet, feed_line),
    CHECK ((revision = 1) = (line_id = id)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX lot_donor ON lot (donor_id);

CREATE TABLE movement (
    posting_id         bigint       NOT NULL REFERENCES posting,
    line_no            integer      NOT NULL,
    lot_id             bigint       NOT NULL REFERENCES lot,
    from_account_id    bigint       NOT NULL,
    to_account_id      bigint       NOT NULL,
    quantity           bigint       NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (posting_id, line_no),
    CHECK (from_account_id <> to_account_id)
);
CREATE INDEX movement_lot ON movement (lot_id);

-- What a lot was made of. Shares of one lot add up to it.
CREATE TABLE lot_origin (
    lot_id             bigint       NOT NULL REFERENCES lot,
    origin_lot_id      bigint       NOT NULL REFERENCES lot,
    consumed           bigint       NOT NULL CHECK (consumed >= 0),
    share              bigint       NOT NULL CHECK (share >= 0),
    PRIMARY KEY (lot_id, origin_lot_id),
    CHECK (lot_id <> origin_lot_id)
);
CREATE INDEX lot_origin_origin ON lot_origin (origin_lot_id);

-- Inside accounts only.
CREATE TABLE balance (
    lot_id             bigint       NOT NULL REFERENCES lot,
    account_id         bigint       NOT NULL REFERENCES account,
    on_hand            bigint       NOT NULL CHECK (on_hand >= 0),
    reserved           bigint       NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (lot_id, account_id),
    CHECK (reserved <= on_hand)
);
CREATE INDEX balance_account ON balance (account_id);

CREATE TABLE reservation (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL REFERENCES response,
    lot_id             bigint       NOT NULL,
    account_id         bigint       NOT NULL,
    quantity           bigint       NOT NULL CHECK (quantity > 0),
    community_id       bigint       NOT NULL REFERENCES community,
    -- The need and the plan line it is for, as the plan calls them.
    need_key           varchar(64),
    plan_line_id       bigint,
    state              varchar(16)  NOT NULL CHECK (state IN ('OPEN', 'SENT', 'CANCELLED', 'EXPIRED')),
    reserved_at        timestamp with time zone NOT NULL,
    reserved_by        bigint,
    expires_at         timestamp with time zone,
    ended_at           timestamp with time zone,
    ended_by           bigint,
    posting_id         bigint,
    idempotency_key    varchar(250) NOT NULL UNIQUE,
    FOREIGN KEY (lot_id, account_id) REFERENCES balance (lot_id, account_id),
    CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CHECK ((state = 'SENT') = (posting_id IS NOT NULL))
);
CREATE INDEX reservation_balance ON reservation (lot_id, account_id, state);
CREATE INDEX reservation_open ON reservation (response_id, state, community_id, account_id);
CREATE INDEX reservation_ends ON reservation (response_id, state, expires_at);

-- Goods that travel together to one community. Whether they have arrived is in the balances of their account.
CREATE TABLE consignment (
    id                 bigint       PRIMARY KEY,
    response_id        bigint       NOT NULL REFERENCES response,
    community_id       bigint       NOT NULL REFERENCES community,
    sent_at            timestamp with time zone NOT NULL,
    expected_at        timestamp with time zone
);
CREATE INDEX consignment_community ON consignment (response_id, community_id);
CREATE INDEX consignment_sent ON consignment (response_id, sent_at, id);

CREATE TABLE consignment_posting (
    consignment_id     bigint       NOT NULL REFERENCES consignment,
    posting_id         bigint       NOT NULL REFERENCES posting,
    PRIMARY KEY (consignment_id, posting_id)
);
CREATE INDEX consignment_posting_posting ON consignment_posting (posting_id);

-- Accounts with the name and the municipality of what they stand for, where they have one.
CREATE VIEW account_place AS
SELECT a.id, a.response_id, a.kind, a.ref_id, COALESCE(h.name, c.name) AS name,
       COALESCE(h.municipality_code, c.municipality_code) AS municipality_code
  FROM account a
  LEFT JOIN hub h ON a.kind IN ('HUB', 'INSPECTED') AND h.id = a.ref_id
  LEFT JOIN consignment s ON a.kind = 'TRIP' AND s.id = a.ref_id
  LEFT JOIN community c ON c.id = CASE a.kind WHEN 'COMMUNITY' THEN a.ref_id WHEN 'TRIP' THEN s.community_id END;

-- Seals over postings in the order of commits; postings holds their ids as ranges, e.g. 1-1000,1003.
CREATE TABLE ledger_block (
    number             bigint       PRIMARY KEY,
    previous_hash      bytea        NOT NULL,
    postings           text         NOT NULL,
    merkle_root        bytea        NOT NULL,
    sealed_at          timestamp with time zone NOT NULL,
    block_hash         bytea        NOT NULL
);

-- A giver's way to see where the gift is. The code itself is shown once and not kept.
CREATE TABLE tracking_link (
    code_hash          varchar(64)  PRIMARY KEY,
    response_id        bigint       NOT NULL REFERENCES response,
    -- The first lot of the donation line.
    line_id            bigint       NOT NULL REFERENCES lot,
    issued_at          timestamp with time zone NOT NULL,
    issued_by          bigint       REFERENCES person,
    revoked_at         timestamp with time zone
);
CREATE INDEX tracking_link_line ON tracking_link (line_id);
