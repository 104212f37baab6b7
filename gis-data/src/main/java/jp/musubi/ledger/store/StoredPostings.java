package jp.musubi.ledger.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotOrigin;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.Posting;
import jp.musubi.ledger.PostingId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads postings back with everything their digests cover. */
@Component
class StoredPostings {

    private static final int AT_ONCE = 1000;

    /** A posting's own row, before what it moved is known. */
    record Header(
            PostingId id,
            ResponseId response,
            Cause cause,
            Optional<PersonId> actor,
            Instant effectiveAt,
            Instant recordedAt,
            IdempotencyKey key,
            Hash digest,
            Optional<PostingId> corrects) {}

    private final NamedParameterJdbcTemplate jdbc;

    StoredPostings(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Header> readHeaders(Collection<Long> ids) {
        List<Header> headers = new ArrayList<>();
        for (List<Long> part : parts(ids)) {
            headers.addAll(jdbc.query(
                    """
                    SELECT id, response_id, cause, actor_id, effective_at, recorded_at, idempotency_key, digest, corrects
                      FROM posting WHERE id IN (:ids) ORDER BY id""",
                    new MapSqlParameterSource("ids", part),
                    (row, n) -> new Header(
                            new PostingId(row.getLong("id")),
                            new ResponseId(row.getLong("response_id")),
                            Cause.valueOf(row.getString("cause")),
                            Optional.ofNullable(LedgerRows.number(row, "actor_id"))
                                    .map(PersonId::new),
                            row.getTimestamp("effective_at").toInstant(),
                            row.getTimestamp("recorded_at").toInstant(),
                            new IdempotencyKey(row.getString("idempotency_key")),
                            Hash.stored(row.getBytes("digest")),
                            Optional.ofNullable(LedgerRows.number(row, "corrects"))
                                    .map(PostingId::new))));
        }
        return headers;
    }

    /** Movements by posting, in their order. A movement whose account is gone is left out; its digest gives it away. */
    Map<Long, List<Movement>> readMovements(Collection<Long> postings) {
        Map<Long, List<Movement>> movements = new HashMap<>();
        for (List<Long> part : parts(postings)) {
            jdbc.query("""
                    SELECT m.posting_id, m.lot_id, m.quantity, f.kind AS from_kind, f.ref_id AS from_ref_id,
                           t.kind AS to_kind, t.ref_id AS to_ref_id
                      FROM movement m
                      JOIN account f ON f.id = m.from_account_id
                      JOIN account t ON t.id = m.to_account_id
                     WHERE m.posting_id IN (:ids) ORDER BY m.posting_id, m.line_no""", new MapSqlParameterSource("ids", part), row -> {
                Account from = Account.of(AccountKind.valueOf(row.getString("from_kind")), row.getLong("from_ref_id"));
                Account to = Account.of(AccountKind.valueOf(row.getString("to_kind")), row.getLong("to_ref_id"));
                movements
                        .computeIfAbsent(row.getLong("posting_id"), id -> new ArrayList<>())
                        .add(new Movement(
                                new LotId(row.getLong("lot_id")), from, to, new Quantity(row.getLong("quantity"))));
            });
        }
        return movements;
    }

    Map<LotId, ResponseId> readResponses(Collection<LotId> ids) {
        Map<LotId, ResponseId> responses = new HashMap<>();
        for (List<Long> part : parts(ids.stream().map(LotId::value).toList())) {
            jdbc.query(
                    "SELECT id, response_id FROM lot WHERE id IN (:ids)",
                    new MapSqlParameterSource("ids", part),
                    row -> {
                        responses.put(new LotId(row.getLong(1)), new ResponseId(row.getLong(2)));
                    });
        }
        return responses;
    }

    Map<LotId, Lot> readLots(Collection<LotId> ids) {
        Map<LotId, Lot> lots = new TreeMap<>();
        for (List<Long> part : parts(ids.stream().map(LotId::value).toList())) {
            jdbc.query(
                    "SELECT " + LedgerRows.LOT_COLUMNS + " FROM lot WHERE id IN (:ids)",
                    new MapSqlParameterSource("ids", part),
                    row -> {
                        Lot lot = LedgerRows.lot(row);
                        lots.put(lot.id(), lot);
                    });
        }
        return lots;
    }

    /** Origins by the lot that was made, in the order of what was consumed. */
    Map<LotId, List<LotOrigin>> readOrigins(Collection<LotId> lots) {
        Map<LotId, List<LotOrigin>> origins = new HashMap<>();
        for (List<Long> part : parts(lots.stream().map(LotId::value).toList())) {
            jdbc.query("""
                    SELECT lot_id, origin_lot_id, consumed, share FROM lot_origin
                     WHERE lot_id IN (:ids) ORDER BY lot_id, origin_lot_id""", new MapSqlParameterSource("ids", part), row -> {
                LotId lot = new LotId(row.getLong("lot_id"));
                origins.computeIfAbsent(lot, id -> new ArrayList<>())
                        .add(new LotOrigin(
                                lot,
                                new LotId(row.getLong("origin_lot_id")),
                                new Quantity(row.getLong("consumed")),
                                new Quantity(row.getLong("share"))));
            });
        }
        return origins;
    }

    /** Puts a posting together. {@code lots} holds at least the lots it moves. */
    static Posting assemble(
            Header header, List<Movement> movements, Map<LotId, Lot> lots, Map<LotId, List<LotOrigin>> originsByLot) {
        List<Lot> made = new ArrayList<>();
        List<LotOrigin> origins = new ArrayList<>();
        for (Movement movement : movements) {
            Lot lot = lots.get(movement.lot());
            if (lot != null && lot.posting().equals(header.id()) && !made.contains(lot)) {
                made.add(lot);
                origins.addAll(originsByLot.getOrDefault(lot.id(), List.of()));
            }
        }
        return new Posting(
                header.id(),
                header.response(),
                header.cause(),
                header.actor(),
                header.effectiveAt(),
                header.recordedAt(),
                header.key(),
                header.corrects(),
                movements,
                made,
                origins);
    }

    static <T> List<List<T>> parts(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += AT_ONCE) {
            parts.add(list.subList(from, Math.min(from + AT_ONCE, list.size())));
        }
        return parts;
    }
}
