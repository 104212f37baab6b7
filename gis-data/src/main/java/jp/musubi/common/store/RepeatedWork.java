package jp.musubi.common.store;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small work that is done again and again in a thread of its own. What fails once is tried again next time. */
public final class RepeatedWork {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);

    private final String name;
    private final Runnable work;
    private final ScheduledExecutorService timer;

    private RepeatedWork(String name, Runnable work) {
        this.name = name;
        this.work = work;
        timer = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread thread = new Thread(run, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts with a pause.
     *
     * @param name of the thread
     */
    public static RepeatedWork every(long seconds, String name, Runnable work) {
        RepeatedWork repeated = new RepeatedWork(name, work);
        var unused = repeated.timer.scheduleWithFixedDelay(repeated::doNow, seconds, seconds, TimeUnit.SECONDS);
        return repeated;
    }

    /** Does the work once in the caller's thread. */
    public void doNow() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed this time; the next time makes up for it.", name, e);
        }
    }

    public void stop() {
        timer.shutdown();
    }
}
