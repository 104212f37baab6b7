package jp.musubi.ledger.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.IdBlocks;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Balance;
import jp.musubi.ledger.BalanceKey;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.Consignment;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.Entries;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.KnownLine;
import jp.musubi.ledger.LedgerBook;
import jp.musubi.ledger.LedgerConflict;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotOrigin;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.Posting;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Reservation;
import jp.musubi.ledger.ReservationId;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcLedgerBook implements LedgerBook {

    private static final int KEYS_AT_ONCE = 400;

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final BulkRows bulk;
    private final IdBlocks ids;
    private final AccountIds accounts;
    private final StoredPostings postings;

    JdbcLedgerBook(
            JdbcTemplate jdbc,
            NamedParameterJdbcTemplate named,
            BulkRows bulk,
            IdBlocks ids,
            AccountIds accounts,
            StoredPostings postings) {
        this.jdbc = jdbc;
        this.named = named;
        this.bulk = bulk;
        this.ids = ids;
        this.accounts = accounts;
        this.postings = postings;
    }

    @Override
    public PostingId nextPostingId() {
        return new PostingId(ids.next("posting_id_block"));
    }

    @Override
    public LotId nextLotId() {
        return new LotId(ids.next("lot_id_block"));
    }

    @Override
    public ReservationId nextReservationId() {
        return new ReservationId(ids.next("reservation_id_block"));
    }

    @Override
    public ConsignmentId nextConsignmentId() {
        return new ConsignmentId(ids.next("consignment_id_block"));
    }

    @Override
    public Optional<PostingId> findPosting(IdempotencyKey key) {
        return jdbc
                .query(
                        "SELECT id FROM posting WHERE idempotency_key = ?",
                        (row, n) -> new PostingId(row.getLong(1)),
                        key.value())
                .stream()
                .findFirst();
    }

    @Override
    public Posting getPosting(PostingId id) {
        StoredPostings.Header header = postings.readHeaders(List.of(id.value())).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no posting " + id.value() + "."));
        List<Movement> movements = postings.readMovements(List.of(id.value())).getOrDefault(id.value(), List.of());
        Set<LotId> lots = movements.stream().map(Movement::lot).collect(Collectors.toSet());
        return StoredPostings.assemble(header, movements, postings.readLots(lots), postings.readOrigins(lots));
    }

    @Override
    public boolean isReversed(PostingId id) {
        // A posting that takes another back moves the same lots; postings have no index of what they correct.
        return !jdbc.queryForList("""
                        SELECT r.id FROM movement m
                          JOIN movement y ON y.lot_id = m.lot_id
                          JOIN posting r ON r.id = y.posting_id
                         WHERE m.posting_id = ? AND m.line_no = 1 AND r.corrects = ? AND r.cause = ?""", Long.class, id.value(), id.value(), Cause.REVERSED.name())
                .isEmpty();
    }

    @Override
    public Map<LotId, Lot> findLots(Collection<LotId> lots) {
        return postings.readLots(new TreeSet<>(lots));
    }

    @Override
    public Map<DonationLine, KnownLine> findLines(ResponseId response, Collection<DonationLine> names) {
        Map<String, List<String>> bySource = new TreeMap<>();
        names.forEach(name ->
                bySource.computeIfAbsent(name.source(), s -> new ArrayList<>()).add(name.externalId()));
        Map<DonationLine, KnownLine> lines = new HashMap<>();
        bySource.forEach((source, externalIds) -> {
            bulk.find(
                    LedgerRows.LOT_COLUMNS + """
                            , (SELECT COALESCE(SUM(CASE WHEN f.kind = 'DONOR' THEN m.quantity ELSE 0 END
                                                 - CASE WHEN t.kind = 'DONOR' THEN m.quantity ELSE 0 END), 0)
                                 FROM movement m
                                 JOIN account f ON f.id = m.from_account_id
                                 JOIN account t ON t.id = m.to_account_id
                                WHERE m.lot_id = lot.id) AS given""",
                    "lot",
                    new TreeMap<>(Map.of("response_id", response.value(), "source", source)),
                    "external_id",
                    externalIds,
                    "revision",
                    row -> {
                        Lot lot = LedgerRows.lot(row);
                        Quantity given = new Quantity(row.getLong("given"));
                        lot.named()
                                .ifPresent(name -> lines.merge(
                                        name,
                                        new KnownLine(lot, List.of(lot.id()), given),
                                        (before, next) -> new KnownLine(
                                                next.newest(),
                                                Stream.concat(before.lots().stream(), next.lots().stream())
                                                        .toList(),
                                                before.declared().plus(next.declared()))));
                    });
        });
        return lines;
    }

    @Override
    public Map<BalanceKey, Balance> lock(Set<BalanceKey> keys) {
        Map<BalanceKey, Balance> balances = new TreeMap<>();
        keys.forEach(key -> balances.put(key, Balance.EMPTY));
        if (keys.isEmpty()) {
            return balances;
        }
        Rows rows = rowsOf(balances.keySet());
        lockAndRead(rows, balances);
        List<Object[]> missing = rows.byRow.entrySet().stream()
                .filter(entry -> !rows.seen.contains(entry.getKey()))
                .map(entry -> new Object[] {entry.getKey().lot(), entry.getKey().account()})
                .toList();
        if (!missing.isEmpty()) {
            jdbc.batchUpdate(
                    "INSERT INTO balance (lot_id, account_id, on_hand, reserved) VALUES (?, ?, 0, 0)"
                            + " ON CONFLICT DO NOTHING",
                    missing);
            lockAndRead(rows, balances);
        }
        return balances;
    }

    /** A row of the table balance. */
    private record Row(long lot, long account) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return lot == other.lot ? Long.compare(account, other.account) : Long.compare(lot, other.lot);
        }
    }

    private record Rows(SortedMap<Row, BalanceKey> byRow, Set<Row> seen) {}

    private Rows rowsOf(Collection<BalanceKey> keys) {
        Map<LotId, ResponseId> responses =
                postings.readResponses(keys.stream().map(BalanceKey::lot).collect(Collectors.toSet()));
        Map<ResponseId, List<BalanceKey>> byResponse = new HashMap<>();
        for (BalanceKey key : keys) {
            ResponseId response = responses.get(key.lot());
            if (response == null) {
                throw new IllegalArgumentException(
                        "There is no lot " + key.lot().value() + ".");
            }
            byResponse.computeIfAbsent(response, r -> new ArrayList<>()).add(key);
        }
        SortedMap<Row, BalanceKey> rows = new TreeMap<>();
        byResponse.forEach((response, ofResponse) -> {
            Map<Account, Long> accountIds = accounts.of(
                    response, ofResponse.stream().map(BalanceKey::account).collect(Collectors.toSet()));
            ofResponse.forEach(key -> rows.put(new Row(key.lot().value(), idOf(accountIds, key.account())), key));
        });
        return new Rows(rows, new HashSet<>());
    }

    private void lockAndRead(Rows rows, Map<BalanceKey, Balance> balances) {
        for (List<Row> part : parts(rows.byRow.keySet())) {
            String marks = part.stream().map(row -> "(?, ?)").collect(Collectors.joining(", "));
            Object[] values = part.stream()
                    .flatMap(row -> Stream.of(row.lot(), row.account()))
                    .toArray();
            jdbc.query(
                    "SELECT lot_id, account_id, on_hand, reserved FROM balance WHERE (lot_id, account_id) IN (" + marks
                            + ") ORDER BY lot_id, account_id FOR UPDATE",
                    row -> {
                        Row found = new Row(row.getLong(1), row.getLong(2));
                        BalanceKey key = rows.byRow.get(found);
                        if (key != null) {
                            rows.seen.add(found);
                            balances.put(key, new Balance(new Quantity(row.getLong(3)), new Quantity(row.getLong(4))));
                        }
                    },
                    values);
        }
    }

    private static <T> List<List<T>> parts(Collection<T> sorted) {
        List<T> list = List.copyOf(sorted);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += KEYS_AT_ONCE) {
            parts.add(list.subList(from, Math.min(from + KEYS_AT_ONCE, list.size())));
        }
        return parts;
    }

    @Override
    public Set<BalanceKey> findPlaces(Collection<LotId> lots) {
        Set<BalanceKey> places = new TreeSet<>();
        for (List<Long> part :
                StoredPostings.parts(lots.stream().map(LotId::value).toList())) {
            named.query("""
                    SELECT b.lot_id, a.kind, a.ref_id FROM balance b JOIN account a ON a.id = b.account_id
                     WHERE b.lot_id IN (:lots) AND b.on_hand > 0""", new MapSqlParameterSource("lots", part), row -> {
                places.add(new BalanceKey(new LotId(row.getLong("lot_id")), LedgerRows.inside(row)));
            });
        }
        return places;
    }

    @Override
    public Map<ReservationId, Reservation> lockReservations(Collection<ReservationId> reservations) {
        Map<ReservationId, Reservation> found = new TreeMap<>();
        for (List<Long> part : parts(
                new TreeSet<>(reservations.stream().map(ReservationId::value).toList()))) {
            // First the lock, then the look: an account may have changed while the lock was waited for.
            named.queryForList(
                    "SELECT id FROM reservation WHERE id IN (:ids) ORDER BY id FOR UPDATE",
                    new MapSqlParameterSource("ids", part),
                    Long.class);
            named.query(
                    "SELECT " + LedgerRows.RESERVATION_COLUMNS
                            + " FROM reservation r JOIN account a ON a.id = r.account_id WHERE r.id IN (:ids)",
                    new MapSqlParameterSource("ids", part),
                    row -> {
                        Reservation reservation = LedgerRows.reservation(row);
                        found.put(reservation.id(), reservation);
                    });
        }
        return found;
    }

    @Override
    public List<ReservationId> findOpenReservations(BalanceKey at) {
        return jdbc.query(
                """
                SELECT r.id FROM reservation r JOIN account a ON a.id = r.account_id
                 WHERE r.lot_id = ? AND a.kind = ? AND a.ref_id = ? AND r.state = 'OPEN' ORDER BY r.id""",
                (row, n) -> new ReservationId(row.getLong(1)),
                at.lot().value(),
                at.account().kind().name(),
                at.account().ref());
    }

    @Override
    public List<ReservationId> findExpired(ResponseId response, Instant now, int most) {
        return jdbc.query(
                """
                SELECT id FROM reservation WHERE response_id = ? AND state = 'OPEN' AND expires_at <= ?
                 ORDER BY id FETCH FIRST ? ROWS ONLY""", (row, n) -> new ReservationId(row.getLong(1)), response.value(), Timestamp.from(now), most);
    }

    @Override
    public Map<IdempotencyKey, ReservationId> findReservations(Collection<IdempotencyKey> keys) {
        Map<IdempotencyKey, ReservationId> found = new HashMap<>();
        for (List<String> part :
                StoredPostings.parts(keys.stream().map(IdempotencyKey::value).toList())) {
            named.query(
                    "SELECT id, idempotency_key FROM reservation WHERE idempotency_key IN (:keys)",
                    new MapSqlParameterSource("keys", part),
                    row -> {
                        found.put(new IdempotencyKey(row.getString(2)), new ReservationId(row.getLong(1)));
                    });
        }
        return found;
    }

    @Override
    public void write(Entries entries) {
        SortedMap<BalanceKey, Entries.Delta> deltas = entries.deltas();
        ResponseId response = entries.deed().response();
        Set<Account> touched = new HashSet<>();
        deltas.keySet().forEach(key -> touched.add(key.account()));
        entries.postings()
                .forEach(posting -> posting.movements().forEach(movement -> {
                    touched.add(movement.from());
                    touched.add(movement.to());
                }));
        Map<Account, Long> accountIds = accounts.of(response, touched);
        writePostings(entries.postings(), accountIds);
        entries.opened().ifPresent(this::writeConsignment);
        entries.concerned()
                .ifPresent(consignment -> entries.postings()
                        .forEach(posting -> jdbc.update(
                                "INSERT INTO consignment_posting (consignment_id, posting_id) VALUES (?, ?)",
                                consignment.value(),
                                posting.id().value())));
        writeBalances(entries, deltas, accountIds);
        writeReservations(entries, accountIds);
    }

    private void writePostings(List<Posting> written, Map<Account, Long> accountIds) {
        List<@Nullable Object[]> postingRows = new ArrayList<>(written.size());
        List<@Nullable Object[]> lotRows = new ArrayList<>(written.size());
        List<@Nullable Object[]> movementRows = new ArrayList<>(written.size());
        List<@Nullable Object[]> originRows = new ArrayList<>(0);
        for (Posting posting : written) {
            postingRows.add(new @Nullable Object[] {
                posting.id().value(),
                posting.response().value(),
                posting.cause().name(),
                posting.actor().map(PersonId::value).orElse(null),
                posting.effectiveAt(),
                posting.recordedAt(),
                posting.key().value(),
                posting.digest().bytes(),
                posting.corrects().map(PostingId::value).orElse(null)
            });
            posting.madeLots().forEach(lot -> lotRows.add(LedgerRows.values(lot)));
            int line = 0;
            for (Movement movement : posting.movements()) {
                movementRows.add(new @Nullable Object[] {
                    posting.id().value(),
                    ++line,
                    movement.lot().value(),
                    idOf(accountIds, movement.from()),
                    idOf(accountIds, movement.to()),
                    movement.quantity().baseUnits()
                });
            }
            for (LotOrigin origin : posting.origins()) {
                originRows.add(new @Nullable Object[] {
                    origin.lot().value(),
                    origin.origin().value(),
                    origin.consumed().baseUnits(),
                    origin.share().baseUnits()
                });
            }
        }
        bulk.insert(
                "posting",
                "id, response_id, cause, actor_id, effective_at, recorded_at, idempotency_key, digest, corrects",
                postingRows);
        bulk.insert("lot", LedgerRows.LOT_COLUMNS, lotRows);
        bulk.insert("movement", "posting_id, line_no, lot_id, from_account_id, to_account_id, quantity", movementRows);
        bulk.insert("lot_origin", "lot_id, origin_lot_id, consumed, share", originRows);
    }

    private void writeConsignment(Consignment consignment) {
        jdbc.update(
                "INSERT INTO consignment (id, response_id, community_id, sent_at, expected_at) VALUES (?, ?, ?, ?, ?)",
                consignment.id().value(),
                consignment.response().value(),
                consignment.community().value(),
                Timestamp.from(consignment.sentAt()),
                consignment.expectedAt().map(Timestamp::from).orElse(null));
    }

    /** Balances that nobody else can know yet are inserted; all others were locked before and exist. */
    private void writeBalances(
            Entries entries, SortedMap<BalanceKey, Entries.Delta> deltas, Map<Account, Long> accountIds) {
        Set<LotId> made = entries.postings().stream()
                .flatMap(posting -> posting.madeLots().stream())
                .map(Lot::id)
                .collect(Collectors.toSet());
        Optional<Account> opened = entries.opened().map(consignment -> new Account.Trip(consignment.id()));
        List<@Nullable Object[]> inserted = new ArrayList<>();
        List<Object[]> updated = new ArrayList<>();
        deltas.forEach((key, delta) -> {
            long account = idOf(accountIds, key.account());
            if (made.contains(key.lot()) || opened.equals(Optional.of(key.account()))) {
                inserted.add(new @Nullable Object[] {key.lot().value(), account, delta.onHand(), delta.reserved()});
            } else {
                updated.add(new Object[] {
                    delta.onHand(), delta.reserved(), key.lot().value(), account
                });
            }
        });
        bulk.insert("balance", "lot_id, account_id, on_hand, reserved", inserted);
        int[] counts = jdbc.batchUpdate(
                "UPDATE balance SET on_hand = on_hand + ?, reserved = reserved + ? WHERE lot_id = ? AND account_id = ?",
                updated);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 1) {
                throw new IllegalStateException(
                        "Lot " + updated.get(i)[2] + " has no balance in account " + updated.get(i)[3] + ".");
            }
        }
    }

    private void writeReservations(Entries entries, Map<Account, Long> accountIds) {
        List<@Nullable Object[]> added = new ArrayList<>();
        for (Entries.NewReservation fresh : entries.reservations()) {
            Reservation reservation = fresh.reservation();
            added.add(new @Nullable Object[] {
                reservation.id().value(),
                reservation.response().value(),
                reservation.at().lot().value(),
                idOf(accountIds, reservation.at().account()),
                reservation.quantity().baseUnits(),
                reservation.community().value(),
                reservation.needKey().orElse(null),
                reservation.planLine().isPresent() ? reservation.planLine().getAsLong() : null,
                reservation.state().name(),
                entries.deed().effectiveAt(),
                entries.deed().actor().map(PersonId::value).orElse(null),
                reservation.expiresAt().orElse(null),
                fresh.key().value()
            });
        }
        bulk.insert(
                "reservation",
                "id, response_id, lot_id, account_id, quantity, community_id, need_key, plan_line_id, state,"
                        + " reserved_at, reserved_by, expires_at, idempotency_key",
                added);
        List<@Nullable Object[]> replaced = new ArrayList<>();
        for (Entries.Replaced change : entries.replaced()) {
            Reservation after = change.after();
            boolean ended = !after.isOpen();
            replaced.add(new @Nullable Object[] {
                idOf(accountIds, after.at().account()),
                after.quantity().baseUnits(),
                after.state().name(),
                ended ? Timestamp.from(entries.deed().effectiveAt()) : null,
                ended ? entries.deed().actor().map(PersonId::value).orElse(null) : null,
                change.posting().map(PostingId::value).orElse(null),
                after.id().value(),
                change.before().state().name()
            });
        }
        int[] counts = jdbc.batchUpdate("""
                UPDATE reservation SET account_id = ?, quantity = ?, state = ?, ended_at = ?, ended_by = ?,
                       posting_id = ?
                 WHERE id = ? AND state = ?""", replaced);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 1) {
                throw new LedgerConflict("Reservation " + replaced.get(i)[6] + " changed meanwhile.");
            }
        }
    }

    @Override
    public Optional<Consignment> findConsignment(ConsignmentId id) {
        return jdbc
                .query(
                        "SELECT response_id, community_id, sent_at, expected_at FROM consignment WHERE id = ?",
                        (row, n) -> new Consignment(
                                id,
                                new ResponseId(row.getLong("response_id")),
                                new CommunityId(row.getLong("community_id")),
                                row.getTimestamp("sent_at").toInstant(),
                                LedgerRows.time(row, "expected_at")),
                        id.value())
                .stream()
                .findFirst();
    }

    @Override
    public Map<LotId, Account.Inside> findSources(ConsignmentId id) {
        Map<LotId, Account.Inside> sources = new TreeMap<>();
        jdbc.query(
                """
                SELECT m.lot_id, f.kind, f.ref_id
                  FROM consignment_posting c
                  JOIN movement m ON m.posting_id = c.posting_id
                  JOIN account t ON t.id = m.to_account_id
                  JOIN account f ON f.id = m.from_account_id
                 WHERE c.consignment_id = ? AND t.kind = 'TRIP' AND t.ref_id = ?
                 ORDER BY m.posting_id, m.line_no""",
                row -> {
                    if (LedgerRows.account(row, "") instanceof Account.Inside from) {
                        sources.putIfAbsent(new LotId(row.getLong("lot_id")), from);
                    }
                },
                id.value(),
                id.value());
        return sources;
    }

    private static long idOf(Map<Account, Long> accountIds, Account account) {
        Long id = accountIds.get(account);
        if (id == null) {
            throw new LedgerConflict("The account " + account + " could not be made.");
        }
        return id;
    }
}
