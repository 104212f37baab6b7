package jp.musubi.common.store;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in one transaction and starts over when two got into each other's way. Inside a transaction that somebody
 * else opened it only joins: starting over is then up to whoever opened it.
 */
@Component
public class RetryingTransactions {

    /** How often work is tried before its failure is passed on. */
    public static final int ATTEMPTS = 12;

    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_DEADLOCK = 40001;

    private final TransactionTemplate transactions;

    RetryingTransactions(PlatformTransactionManager transactionManager) {
        transactions = new TransactionTemplate(transactionManager);
    }

    public <T> T run(Supplier<T> work) {
        return run(work, failure -> false);
    }

    /**
     * @param alsoRetry what else goes away by starting over
     */
    public <T> T run(Supplier<T> work, Predicate<RuntimeException> alsoRetry) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                @Nullable T result = transactions.execute(status -> work.get());
                if (result == null) {
                    throw new IllegalStateException("Work in a transaction gives a result.");
                }
                return result;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !(isCollision(e) || alsoRetry.test(e))) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    /**
     * Whether a failure came from others working on the same rows: a deadlock, a lost race, a lock that could not be had
     * in time, or a unique key that somebody else took first.
     */
    static boolean isCollision(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyFailureException || cause instanceof DuplicateKeyException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                int code = sql.getErrorCode();
                String state = String.valueOf(sql.getSQLState());
                if (code == H2_CONCURRENT_UPDATE
                        || code == H2_LOCK_TIMEOUT
                        || code == H2_DEADLOCK
                        || state.equals("40001")
                        || state.equals("40P01")
                        || state.equals("55P03")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5L << Math.min(attempt, 7)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting to start over.", e);
        }
    }
}
