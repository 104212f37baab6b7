package jp.musubi.ledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jp.musubi.common.BilingualText;
import jp.musubi.ledger.Block;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.IdRanges;
import jp.musubi.ledger.LedgerReport;
import jp.musubi.ledger.LedgerReport.Finding;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotOrigin;
import jp.musubi.ledger.MerkleTree;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.SealedHead;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads in pages, so that a ledger of millions needs no more memory than a small one. */
@Component
class JdbcLedgerVerification implements LedgerVerification {

    private static final int POSTINGS_AT_ONCE = 2000;
    private static final long LOTS_AT_ONCE = 20_000;
    private static final int BLOCKS_AT_ONCE = 50;

    /** Longer than any transaction lasts: what was recorded so long before a seal and is not sealed was slipped in. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private static final String INSIDE =
            "a.kind IN ('ANNOUNCED', 'HUB', 'INSPECTED', 'TRIP', 'COMMUNITY', 'FUND', 'PROJECT', 'ACTIVITY')";

    private final JdbcTemplate jdbc;
    private final StoredPostings postings;
    private final Blocks blocks;
    private final SealedHead heads;

    JdbcLedgerVerification(JdbcTemplate jdbc, StoredPostings postings, Blocks blocks, SealedHead heads) {
        this.jdbc = jdbc;
        this.postings = postings;
        this.blocks = blocks;
        this.heads = heads;
    }

    @Override
    public LedgerReport verify() {
        Check check = new Check();
        check.blocksAndTheirPostings();
        check.headsOutside();
        check.unsealedPostings();
        check.lotsThatNoPostingMade();
        check.balances();
        return new LedgerReport(
                count("posting"),
                count("movement"),
                count("lot"),
                count("balance"),
                check.blockHashes.size(),
                check.unsealed,
                check.findings);
    }

    private long count(String table) {
        Long count = jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return count == null ? 0 : count;
    }

    private final class Check {
        private final List<Finding> findings = new ArrayList<>();
        private final Map<Long, Hash> blockHashes = new HashMap<>();
        private IdRanges sealed = new IdRanges(List.of());
        private Instant newestSeal = Instant.MIN;
        private long unsealed;

        void blocksAndTheirPostings() {
            long expected = 1;
            Hash previous = Hash.NONE;
            List<Block> page;
            do {
                page = blocks.readAfter(expected - 1, BLOCKS_AT_ONCE);
                for (Block block : page) {
                    for (; expected < block.number(); expected++) {
                        add(
                                "block-missing",
                                "ledger_block " + expected,
                                "封印" + expected + "がありません。",
                                "Block " + expected + " is missing.");
                    }
                    if (!block.isIntact() || !block.previous().equals(previous)) {
                        add(
                                "block-changed",
                                "ledger_block " + block.number(),
                                "封印" + block.number() + "が変えられています。",
                                "Block " + block.number() + " was changed.");
                    }
                    if (block.postings().size() <= LedgerSealer.POSTINGS_PER_BLOCK) {
                        postingsOf(block);
                    }
                    blockHashes.put(block.number(), block.hash());
                    sealed = sealed.plus(block.postings());
                    newestSeal = block.sealedAt();
                    previous = block.hash();
                    expected = block.number() + 1;
                }
            } while (!page.isEmpty());
        }

        private void postingsOf(Block block) {
            int before = findings.size();
            List<Hash> digests = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            for (IdRanges.Range range : block.postings().ranges()) {
                LongStream.rangeClosed(range.first(), range.last()).forEach(ids::add);
            }
            for (int from = 0; from < ids.size(); from += POSTINGS_AT_ONCE) {
                digests.addAll(digestsOf(ids.subList(from, Math.min(from + POSTINGS_AT_ONCE, ids.size()))));
            }
            if (findings.size() == before && !MerkleTree.root(digests).equals(block.merkleRoot())) {
                add(
                        "postings-replaced",
                        "postings " + block.postings() + " of ledger_block " + block.number(),
                        "封印" + block.number() + "の記帳(" + block.postings() + ")のどれかが、要約値ごと書き換えられています。",
                        "One of the postings " + block.postings() + " of block " + block.number()
                                + " was rewritten together with its digest.");
            }
        }

        /** Digests as they come out now, in the order of the ids; says which postings are missing or changed. */
        private List<Hash> digestsOf(List<Long> ids) {
            try {
                return computed(ids);
            } catch (IllegalArgumentException e) {
                if (ids.size() == 1) {
                    add(
                            "posting-changed",
                            "posting " + ids.get(0),
                            "記帳" + ids.get(0) + "は読めない値に変えられています。",
                            "Posting " + ids.get(0) + " was changed to something unreadable.");
                    return List.of();
                }
                return ids.stream()
                        .flatMap(id -> digestsOf(List.of(id)).stream())
                        .toList();
            }
        }

        private List<Hash> computed(List<Long> ids) {
            List<StoredPostings.Header> headers = postings.readHeaders(ids);
            Map<Long, List<Movement>> movements = postings.readMovements(ids);
            Set<LotId> moved = movements.values().stream()
                    .flatMap(List::stream)
                    .map(Movement::lot)
                    .collect(Collectors.toSet());
            Map<LotId, Lot> lots = postings.readLots(moved);
            Map<LotId, List<LotOrigin>> origins = postings.readOrigins(moved);
            Set<Long> missing = new HashSet<>(ids);
            List<Hash> digests = new ArrayList<>(ids.size());
            List<Finding> found = new ArrayList<>();
            for (StoredPostings.Header header : headers) {
                long id = header.id().value();
                missing.remove(id);
                List<Movement> ofPosting = movements.getOrDefault(id, List.of());
                Hash digest = ofPosting.isEmpty()
                        ? Hash.NONE
                        : StoredPostings.assemble(header, ofPosting, lots, origins)
                                .digest();
                digests.add(digest);
                if (!digest.equals(header.digest())) {
                    String what = describe(ofPosting, lots);
                    found.add(finding(
                            "posting-changed",
                            "posting " + id,
                            "記帳" + id + "(" + what + ")か、その明細・ロットが変えられています。",
                            "Posting " + id + " (" + what
                                    + "), a movement or a lot of it was changed, deleted or added."));
                }
            }
            missing.stream()
                    .sorted()
                    .forEach(id -> found.add(finding(
                            "posting-missing",
                            "posting " + id,
                            "封印された記帳" + id + "がありません。",
                            "The sealed posting " + id + " is missing.")));
            findings.addAll(found);
            return digests;
        }

        private String describe(List<Movement> movements, Map<LotId, Lot> lots) {
            return movements.stream()
                    .map(Movement::lot)
                    .distinct()
                    .limit(3)
                    .map(id -> {
                        Lot lot = lots.get(id);
                        return "lot " + id.value()
                                + (lot == null
                                        ? ""
                                        : lot.named()
                                                .map(name -> " " + name.source() + "/" + name.externalId())
                                                .orElse(""));
                    })
                    .collect(Collectors.joining(", "));
        }

        void headsOutside() {
            for (SealedHead.Head head : heads.listHeads()) {
                if (!head.hash().equals(blockHashes.getOrDefault(head.number(), Hash.NONE))) {
                    add(
                            "head-differs",
                            "ledger_block " + head.number(),
                            "封印" + head.number() + "が、データベースの外の控えと違います。",
                            "Block " + head.number() + " differs from the note kept outside the database.");
                }
            }
        }

        void unsealedPostings() {
            for (IdRanges.Range gap : sealed.gaps()) {
                unsealedBetween(gap.first(), gap.last());
            }
            unsealedBetween(sealed.last() + 1, Long.MAX_VALUE);
        }

        private void unsealedBetween(long first, long last) {
            long from = first;
            List<Long> ids;
            do {
                ids = jdbc.queryForList(
                        "SELECT id FROM posting WHERE id BETWEEN ? AND ? ORDER BY id FETCH FIRST ? ROWS ONLY",
                        Long.class,
                        from,
                        last,
                        POSTINGS_AT_ONCE);
                if (!ids.isEmpty()) {
                    unsealed += ids.size();
                    digestsOf(ids);
                    slippedIn(ids);
                    from = ids.get(ids.size() - 1) + 1;
                }
            } while (ids.size() == POSTINGS_AT_ONCE);
        }

        private void slippedIn(List<Long> ids) {
            for (StoredPostings.Header header : postings.readHeaders(ids)) {
                if (newestSeal.isAfter(header.recordedAt().plus(LONGEST_TRANSACTION))) {
                    add(
                            "posting-inserted",
                            "posting " + header.id().value(),
                            "記帳" + header.id().value() + "は、後の封印に含まれるはずの時刻なのに封印されていません。後から差し込まれた疑いがあります。",
                            "Posting " + header.id().value()
                                    + " says it is older than the newest seal, but no seal covers it."
                                    + " It was probably slipped in.");
                }
            }
        }

        void lotsThatNoPostingMade() {
            eachLotRange((first, last) -> jdbc.query(
                    """
                    SELECT l.id FROM lot l
                     WHERE l.id BETWEEN ? AND ?
                       AND NOT EXISTS (SELECT 1 FROM movement m WHERE m.lot_id = l.id AND m.posting_id = l.posting_id)
                     ORDER BY l.id""",
                    row -> {
                        long lot = row.getLong(1);
                        add(
                                "lot-inserted",
                                "lot " + lot,
                                "ロット" + lot + "を作った記帳がありません。",
                                "No posting made lot " + lot + ".");
                    },
                    first,
                    last));
        }

        void balances() {
            eachLotRange((first, last) -> {
                jdbc.query(
                        """
                        SELECT u.lot_id, a.kind, a.ref_id, SUM(u.units) AS difference
                          FROM (SELECT lot_id, to_account_id AS account_id, quantity AS units FROM movement
                                 WHERE lot_id BETWEEN ? AND ?
                                UNION ALL
                                SELECT lot_id, from_account_id, -quantity FROM movement WHERE lot_id BETWEEN ? AND ?
                                UNION ALL
                                SELECT lot_id, account_id, -on_hand FROM balance WHERE lot_id BETWEEN ? AND ?) u
                          JOIN account a ON a.id = u.account_id
                         WHERE %s
                         GROUP BY u.lot_id, a.kind, a.ref_id HAVING SUM(u.units) <> 0
                         ORDER BY u.lot_id, a.kind, a.ref_id""".formatted(INSIDE),
                        row -> {
                            balanceDiffers(
                                    "balance-differs",
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4));
                        },
                        first,
                        last,
                        first,
                        last,
                        first,
                        last);
                jdbc.query(
                        """
                        SELECT u.lot_id, a.kind, a.ref_id, SUM(u.units) AS difference
                          FROM (SELECT lot_id, account_id, quantity AS units FROM reservation
                                 WHERE state = 'OPEN' AND lot_id BETWEEN ? AND ?
                                UNION ALL
                                SELECT lot_id, account_id, -reserved FROM balance WHERE lot_id BETWEEN ? AND ?) u
                          JOIN account a ON a.id = u.account_id
                         GROUP BY u.lot_id, a.kind, a.ref_id HAVING SUM(u.units) <> 0
                         ORDER BY u.lot_id, a.kind, a.ref_id""",
                        row -> {
                            balanceDiffers(
                                    "reserved-differs",
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4));
                        },
                        first,
                        last,
                        first,
                        last);
            });
        }

        private void balanceDiffers(String code, long lot, String kind, long ref, long difference) {
            boolean reserved = code.equals("reserved-differs");
            add(
                    code,
                    "balance of lot " + lot + " in " + kind + " " + ref,
                    "ロット" + lot + "の" + kind + " " + ref + "での" + (reserved ? "引き当て" : "在庫") + "が、記録から数え直すと"
                            + difference + "違います。",
                    "Lot " + lot + " in " + kind + " " + ref + ": counted anew, " + (reserved ? "reserved" : "on hand")
                            + " differs by " + difference + ".");
        }

        private void eachLotRange(LotRange work) {
            Long highest = jdbc.queryForObject("SELECT COALESCE(MAX(id), 0) FROM lot", Long.class);
            Long moved = jdbc.queryForObject("SELECT COALESCE(MAX(lot_id), 0) FROM balance", Long.class);
            long last = Math.max(highest == null ? 0 : highest, moved == null ? 0 : moved);
            for (long first = 1; first <= last; first += LOTS_AT_ONCE) {
                work.on(first, first + LOTS_AT_ONCE - 1);
            }
        }

        private void add(String code, String row, String ja, String en) {
            findings.add(finding(code, row, ja, en));
        }

        private static Finding finding(String code, String row, String ja, String en) {
            return new Finding(code, row, BilingualText.of(ja, en));
        }
    }

    private interface LotRange {
        void on(long first, long last);
    }
}
