package jp.musubi.ledger.store;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.common.store.RepeatedWork;
import jp.musubi.ledger.Block;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.IdRanges;
import jp.musubi.ledger.MerkleTree;
import jp.musubi.ledger.SealedHead;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a seal over committed postings every few seconds, and once more when the program ends. Postings are never blocked
 * by it: a posting whose id is lower than one that is sealed already, because it committed later, gets into a later block.
 */
@Component
public class LedgerSealer implements SmartLifecycle {

    static final int POSTINGS_PER_BLOCK = 10_000;
    private static final int GAPS_AT_ONCE = 100;

    private final JdbcTemplate jdbc;
    private final Blocks blocks;
    private final SealedHead head;
    private final TransactionTemplate transactions;
    private final Clock realTime;
    private final long everySeconds;

    private IdRanges sealed = new IdRanges(List.of());
    private long lastNumber;
    private Hash lastHash = Hash.NONE;
    private @Nullable RepeatedWork running;

    LedgerSealer(
            JdbcTemplate jdbc,
            Blocks blocks,
            SealedHead head,
            PlatformTransactionManager transactionManager,
            Clock realTime,
            @Value("${musubi.ledger.seal-every-seconds:10}") long everySeconds) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.head = head;
        this.transactions = new TransactionTemplate(transactionManager);
        this.realTime = realTime;
        this.everySeconds = everySeconds;
    }

    /**
     * Seals everything that is committed and not sealed yet.
     *
     * @return how many blocks were made here; another node may seal at the same time
     */
    public synchronized int seal() {
        int made = 0;
        while (sealOne()) {
            made++;
        }
        return made;
    }

    private boolean sealOne() {
        try {
            Optional<Block> made = Objects.requireNonNull(transactions.execute(status -> appendBlock()));
            made.ifPresent(block -> {
                remember(block);
                head.note(new SealedHead.Head(block.number(), block.hash()));
            });
            return made.isPresent();
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private Optional<Block> appendBlock() {
        catchUp();
        List<Long> ids = new ArrayList<>();
        List<Hash> digests = new ArrayList<>();
        List<IdRanges.Range> gaps = sealed.gaps();
        for (int from = 0; from < gaps.size() && ids.size() < POSTINGS_PER_BLOCK; from += GAPS_AT_ONCE) {
            StringBuilder where = new StringBuilder();
            for (IdRanges.Range gap : gaps.subList(from, Math.min(from + GAPS_AT_ONCE, gaps.size()))) {
                where.append(where.isEmpty() ? "" : " OR ")
                        .append("id BETWEEN ")
                        .append(gap.first())
                        .append(" AND ")
                        .append(gap.last());
            }
            read(where.toString(), ids, digests);
        }
        if (ids.size() < POSTINGS_PER_BLOCK) {
            read("id > " + sealed.last(), ids, digests);
        }
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        Block block = Block.seal(
                lastNumber + 1,
                lastHash,
                IdRanges.of(ids.stream().mapToLong(Long::longValue).toArray()),
                MerkleTree.root(digests),
                realTime.instant().truncatedTo(ChronoUnit.MICROS));
        blocks.append(block);
        return Optional.of(block);
    }

    /** Reads in the order of ids; gaps lie below {@code sealed.last()}, so the whole list is in order too. */
    private void read(String where, List<Long> ids, List<Hash> digests) {
        jdbc.query(
                "SELECT id, digest FROM posting WHERE " + where + " ORDER BY id FETCH FIRST "
                        + (POSTINGS_PER_BLOCK - ids.size()) + " ROWS ONLY",
                row -> {
                    ids.add(row.getLong(1));
                    digests.add(Hash.stored(row.getBytes(2)));
                });
    }

    private void catchUp() {
        List<Block> more;
        do {
            more = blocks.readAfter(lastNumber, 500);
            more.forEach(this::remember);
        } while (!more.isEmpty());
    }

    private void remember(Block block) {
        sealed = sealed.plus(block.postings());
        lastNumber = block.number();
        lastHash = block.hash();
    }

    @Override
    public void start() {
        if (everySeconds > 0) {
            running = RepeatedWork.every(everySeconds, "ledger-sealer", this::seal);
        }
    }

    @Override
    public void stop() {
        RepeatedWork started = running;
        if (started != null) {
            running = null;
            started.stop();
            started.doNow();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
