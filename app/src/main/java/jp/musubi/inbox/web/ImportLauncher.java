package jp.musubi.inbox.web;

import jp.musubi.inbox.FeedInbox.FileReceived;
import jp.musubi.inbox.job.ImportJobs;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Joins the route and the job, which do not know each other. */
@Component
class ImportLauncher {

    private final ImportJobs jobs;
    private final boolean takingUp;

    ImportLauncher(ImportJobs jobs, @Value("${musubi.inbox.take-up:true}") boolean takingUp) {
        this.jobs = jobs;
        this.takingUp = takingUp;
    }

    /** A file is safe: its reading may begin. */
    @TransactionalEventListener
    void read(FileReceived received) {
        jobs.enqueue(received.feed());
    }

    /** What a former process left unfinished goes on without help. */
    @EventListener(ApplicationReadyEvent.class)
    void takeUp() {
        if (takingUp) {
            jobs.takeUp();
        }
    }
}
