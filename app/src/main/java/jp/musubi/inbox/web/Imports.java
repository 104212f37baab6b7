package jp.musubi.inbox.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.feed.Feeds;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What pages and REST may do with files, in the current response and with the reader's grants. */
@Component
class Imports {

    private final Feeds feeds;
    private final FeedFiles files;
    private final ImportJobs jobs;
    private final ImportKinds kinds;
    private final CurrentActor actor;
    private final CurrentResponse response;

    Imports(
            Feeds feeds,
            FeedFiles files,
            ImportJobs jobs,
            ImportKinds kinds,
            CurrentActor actor,
            CurrentResponse response) {
        this.feeds = feeds;
        this.files = files;
        this.jobs = jobs;
        this.kinds = kinds;
        this.actor = actor;
        this.response = response;
    }

    /** The current response, in which the reader may import. */
    Response response() {
        Response current = response.get();
        actor.require(Action.IMPORT_FILES, Scope.of(current.id()));
        return current;
    }

    /**
     * @param kind blank = found out from the header
     * @param source blank = {@link ImportContext#DEFAULT_SOURCE}
     * @param deliveryKey the same key again with the same content is the same delivery
     */
    FeedId send(String kind, String source, String fileName, String deliveryKey, InputStream content)
            throws IOException {
        Response current = response();
        Optional<String> named = Optional.of(kind.strip()).filter(name -> !name.isEmpty());
        if (named.isPresent() && kinds.find(named.get()).isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "imports.problem.kind", named.get());
        }
        String keeper = source.isBlank() ? ImportContext.DEFAULT_SOURCE : source.strip();
        if (keeper.length() > 64 || keeper.equals(ImportContext.SCENARIO_SOURCE)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "imports.problem.source", keeper);
        }
        String plainName = fileName.substring(1 + Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')));
        return feeds.send(new Delivery(current.id(), named, keeper, plainName, deliveryKey, actor.person()), content);
    }

    /** A file of the current response. */
    FeedFile get(long id) {
        Response current = response();
        return files.find(new FeedId(id))
                .filter(file -> file.response().equals(current.id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "imports.problem.file"));
    }

    void stop(long id) {
        jobs.stop(get(id).id());
    }

    void resume(long id) {
        FeedFile file = get(id);
        if (!ImportJobs.isResumable(file) || !jobs.resume(file.id())) {
            throw new Problem(HttpStatus.CONFLICT, "imports.problem.resume");
        }
    }
}
