package jp.musubi.inbox.feed;

import java.util.List;
import jp.musubi.common.store.DataFolder;
import jp.musubi.inbox.ImportKind;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.Responses.Opened;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps a folder {@code DATA/inbox/RESPONSE/KIND} for every response and kind, so that people see where files go. */
@Component
class DropFolders {

    private final DataFolder data;
    private final Responses responses;
    private final List<String> kinds;
    private final boolean watching;

    DropFolders(
            DataFolder data,
            Responses responses,
            ObjectProvider<ImportKind<?>> kinds,
            @Value("${musubi.inbox.watch:true}") boolean watching) {
        this.data = data;
        this.responses = responses;
        this.kinds = kinds.stream().map(ImportKind::name).toList();
        this.watching = watching;
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeAll() {
        responses.listResponses().forEach(this::make);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void makeFor(Opened opened) {
        make(opened.response());
    }

    private void make(Response response) {
        if (watching) {
            kinds.forEach(kind -> data.folder("inbox/" + response.code() + "/" + kind));
        }
    }
}
