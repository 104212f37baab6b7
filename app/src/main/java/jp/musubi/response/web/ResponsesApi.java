package jp.musubi.response.web;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.IfMatch;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Responses for programs. What the public page shows anybody may read; an edit names its version with If-Match. */
@RestController
@RequestMapping("/api/v1/responses")
class ResponsesApi {

    private final CurrentActor actor;
    private final Responses responses;
    private final EditResponses edit;
    private final Clock realTime;

    ResponsesApi(CurrentActor actor, Responses responses, EditResponses edit, Clock realTime) {
        this.actor = actor;
        this.responses = responses;
        this.edit = edit;
        this.realTime = realTime;
    }

    /** {@code real}, {@code offset} or {@code fixed}; {@code at} is the time inside the response, null for real. */
    record ClockBody(@Nullable String kind, @Nullable Instant at) {}

    record BoundsBody(
            @Nullable Double south,
            @Nullable Double west,
            @Nullable Double north,
            @Nullable Double east) {}

    /** What a program sends to open or change a response. */
    record ResponseBody(
            @Nullable String code,
            @Nullable String nameJa,
            @Nullable String nameEn,
            @Nullable String zone,
            @Nullable List<String> languages,
            @Nullable BoundsBody bounds,
            @Nullable ClockBody clock,
            @Nullable Boolean training) {}

    /** A response as programs see it. */
    record ResponseView(
            String code,
            String nameJa,
            String nameEn,
            String zone,
            List<String> languages,
            BoundsBody bounds,
            ClockBody clock,
            Instant now,
            boolean training,
            boolean open,
            long version) {}

    @GetMapping
    @OpenToAll
    List<ResponseView> list() {
        return responses.listEntries().stream().map(this::view).toList();
    }

    @GetMapping("/{code}")
    @OpenToAll
    ResponseEntity<ResponseView> show(@PathVariable String code) {
        return answer(ResponseEntity.ok(), find(code));
    }

    @PostMapping
    @Requires(Action.ADMINISTER)
    ResponseEntity<ResponseView> open(@RequestBody ResponseBody body) {
        actor.require(Action.ADMINISTER, Scope.installation());
        SentForm form = form(body, Optional.empty());
        Response draft = ResponseForm.read(form, Optional.empty(), realTime).orElseThrow(() -> wrong(form));
        try {
            ResponseEntry opened = edit.open(draft);
            return answer(
                    ResponseEntity.created(
                            URI.create("/api/v1/responses/" + opened.response().code())),
                    opened);
        } catch (DataIntegrityViolationException e) {
            throw new Problem(HttpStatus.CONFLICT, "problem.response-code-taken", draft.code());
        }
    }

    @PutMapping("/{code}")
    @Requires(Action.ADMINISTER)
    ResponseEntity<ResponseView> change(
            @PathVariable String code,
            @RequestBody ResponseBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        ResponseEntry known = find(code);
        actor.require(Action.ADMINISTER, Scope.of(known.response().id()));
        long version = IfMatch.version(ifMatch);
        SentForm form = form(body, Optional.of(known));
        Response changed =
                ResponseForm.read(form, Optional.of(known.response()), realTime).orElseThrow(() -> wrong(form));
        try {
            return answer(ResponseEntity.ok(), edit.change(changed, version));
        } catch (ChangedMeanwhile e) {
            throw new Problem(HttpStatus.PRECONDITION_FAILED, "problem.changed-meanwhile");
        }
    }

    private ResponseEntry find(String code) {
        return responses.getEntry(
                responses.findByCode(code).orElseThrow(NoResponse::new).id());
    }

    private static Problem wrong(SentForm form) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "problem.fields-wrong",
                String.join(", ", form.errors().keySet()));
    }

    private ResponseEntity<ResponseView> answer(ResponseEntity.BodyBuilder builder, ResponseEntry entry) {
        return builder.eTag("\"" + entry.version() + "\"").body(view(entry));
    }

    private ResponseView view(ResponseEntry entry) {
        Response response = entry.response();
        Instant now = response.clock().now(realTime);
        return new ResponseView(
                response.code(),
                response.nameJa(),
                response.nameEn(),
                response.zone().getId(),
                response.languages().stream().map(Locale::toLanguageTag).toList(),
                new BoundsBody(
                        response.bounds().south(),
                        response.bounds().west(),
                        response.bounds().north(),
                        response.bounds().east()),
                clock(response.clock(), now),
                now,
                response.training(),
                entry.isOpen(),
                entry.version());
    }

    private static ClockBody clock(ResponseClock clock, Instant now) {
        if (clock instanceof ResponseClock.Offset) {
            return new ClockBody("offset", now);
        }
        return clock instanceof ResponseClock.Fixed ? new ClockBody("fixed", now) : new ClockBody("real", null);
    }

    /** The same fields and rules as the page's form; what a change leaves out stays as it is. */
    private SentForm form(ResponseBody body, Optional<ResponseEntry> known) {
        SentForm form = known.map(entry -> ResponseForm.of(entry, realTime))
                .orElseGet(() -> SentForm.with(java.util.Map.of("zone", "Asia/Tokyo", "clock", "real")));
        set(form, "code", body.code());
        set(form, "nameJa", body.nameJa());
        set(form, "nameEn", body.nameEn());
        set(form, "zone", body.zone());
        if (body.languages() != null) {
            form.remove("languages");
            body.languages().forEach(language -> form.add("languages", language));
        }
        BoundsBody bounds = body.bounds();
        if (bounds != null) {
            set(form, "south", bounds.south());
            set(form, "west", bounds.west());
            set(form, "north", bounds.north());
            set(form, "east", bounds.east());
        }
        ClockBody clock = body.clock();
        if (clock != null) {
            set(form, "clock", clock.kind());
            if (clock.at() != null) {
                form.set("clockAt", ResponseForm.local(clock.at(), form.value("zone")));
                form.remove("clockShown");
            }
        }
        if (body.training() != null) {
            form.set("training", body.training().toString());
        }
        return form;
    }

    private static void set(SentForm form, String field, @Nullable Object value) {
        if (value != null) {
            form.set(field, value.toString());
        }
    }
}
