package jp.musubi.common.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Locks that many transactions share or one has alone, and that end with the transaction. On PostGIS they are advisory locks
 * of the database and hold on all nodes. H2GIS has no shared locks, but only one process opens its file: there they are
 * locks of this process.
 */
@Component
public class TransactionLocks {

    private static final long LONGEST_WAIT_SECONDS = 30;

    private final JdbcClient jdbc;
    private final DatabaseDialect dialect;
    private final Map<Key, ReentrantReadWriteLock> here = new ConcurrentHashMap<>();

    private record Key(String kind, long id) {}

    TransactionLocks(JdbcClient jdbc, DatabaseDialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /**
     * Holds a lock together with others until the current transaction ends; waits for whoever has it alone.
     *
     * @param kind what is locked; a constant of the program
     * @throws CannotAcquireLockException if that takes too long
     */
    public void share(String kind, long id) {
        if (dialect.isPostgis()) {
            lock("pg_advisory_xact_lock_shared", kind, id);
        } else {
            holdUntilTheEnd(lockHere(kind, id).readLock(), kind, id);
        }
    }

    /**
     * Has a lock alone until the current transaction ends; waits until all who share it have ended theirs.
     *
     * @param kind what is locked; a constant of the program
     * @throws CannotAcquireLockException if that takes too long
     */
    public void haveAlone(String kind, long id) {
        if (dialect.isPostgis()) {
            lock("pg_advisory_xact_lock", kind, id);
        } else {
            holdUntilTheEnd(lockHere(kind, id).writeLock(), kind, id);
        }
    }

    private void lock(String function, String kind, long id) {
        requireTransaction();
        jdbc.sql("SELECT 1 FROM (SELECT " + function + "(hashtext(?), ?)) locked")
                .params(kind, Math.toIntExact(id))
                .query(Integer.class)
                .single();
    }

    /** Fair, so that whoever wants it alone is not kept waiting by those who come later. */
    private ReentrantReadWriteLock lockHere(String kind, long id) {
        return here.computeIfAbsent(new Key(kind, id), key -> new ReentrantReadWriteLock(true));
    }

    private static void holdUntilTheEnd(Lock lock, String kind, long id) {
        requireTransaction();
        try {
            if (!lock.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new CannotAcquireLockException("The lock on " + kind + " " + id + " is held by others.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotAcquireLockException("Stopped while waiting for the lock on " + kind + " " + id + ".", e);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                lock.unlock();
            }
        });
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A lock that ends with the transaction needs one.");
        }
    }
}
