package jp.musubi.identity.web;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.response.ResponseId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what administrators edit into the history. */
@Component
public class Edits {

    private final ChangeLog changes;
    private final CurrentActor actor;
    private final JsonMapper json;
    private final Clock realTime;

    Edits(ChangeLog changes, CurrentActor actor, JsonMapper json, Clock realTime) {
        this.changes = changes;
        this.actor = actor;
        this.json = json;
        this.realTime = realTime;
    }

    /** @param before what the thing was, without personal data; empty for a new one */
    public void record(
            Optional<ResponseId> response,
            String aggregate,
            long aggregateId,
            String action,
            Map<String, Object> before,
            Map<String, Object> after) {
        changes.record(new Change(
                response,
                aggregate,
                aggregateId,
                action,
                toJson(before),
                toJson(after),
                actor.person(),
                Optional.empty(),
                realTime.instant()));
    }

    private Optional<String> toJson(Map<String, Object> fields) {
        return fields.isEmpty() ? Optional.empty() : Optional.of(json.writeValueAsString(new TreeMap<>(fields)));
    }
}
