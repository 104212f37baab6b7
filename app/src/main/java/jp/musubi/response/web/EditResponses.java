package jp.musubi.response.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.identity.web.Edits;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Edits of responses: one transaction each, with its line of history. */
@Component
class EditResponses {

    private static final String AGGREGATE = "response";

    private final Responses responses;
    private final Edits edits;

    EditResponses(Responses responses, Edits edits) {
        this.responses = responses;
        this.edits = edits;
    }

    @Transactional
    public ResponseEntry open(Response draft) {
        ResponseEntry opened = responses.getEntry(responses.open(draft).id());
        record(opened.response().id(), "create", Map.of(), fields(opened));
        return opened;
    }

    @Transactional
    public ResponseEntry change(Response changed, long version) {
        ResponseEntry before = responses.getEntry(changed.id());
        ResponseEntry after = responses.change(changed, version);
        record(changed.id(), "change", fields(before), fields(after));
        return after;
    }

    @Transactional
    public ResponseEntry close(ResponseId id, long version) {
        ResponseEntry before = responses.getEntry(id);
        ResponseEntry after = responses.close(id, version);
        record(id, "close", fields(before), fields(after));
        return after;
    }

    @Transactional
    public ResponseEntry reopen(ResponseId id, long version) {
        ResponseEntry before = responses.getEntry(id);
        ResponseEntry after = responses.reopen(id, version);
        record(id, "reopen", fields(before), fields(after));
        return after;
    }

    private void record(ResponseId id, String action, Map<String, Object> before, Map<String, Object> after) {
        edits.record(Optional.of(id), AGGREGATE, id.value(), action, before, after);
    }

    private static Map<String, Object> fields(ResponseEntry entry) {
        Response response = entry.response();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", response.code());
        fields.put("nameJa", response.nameJa());
        fields.put("nameEn", response.nameEn());
        fields.put("zone", response.zone().getId());
        fields.put(
                "languages",
                response.languages().stream().map(Locale::toLanguageTag).collect(Collectors.joining(" ")));
        fields.put("south", response.bounds().south());
        fields.put("west", response.bounds().west());
        fields.put("north", response.bounds().north());
        fields.put("east", response.bounds().east());
        fields.put("clock", clock(response.clock()));
        fields.put("training", response.training());
        fields.put("open", entry.isOpen());
        return fields;
    }

    private static String clock(ResponseClock clock) {
        if (clock instanceof ResponseClock.Offset offset) {
            return offset.shift().toString();
        }
        return clock instanceof ResponseClock.Fixed fixed ? fixed.instant().toString() : "real";
    }
}
