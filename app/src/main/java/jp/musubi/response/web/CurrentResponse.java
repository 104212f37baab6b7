package jp.musubi.response.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;
import org.springframework.web.util.WebUtils;

/** The response that a request speaks of: the one in its path, else the last used one, else the newest. */
@Component
@RequestScope
public class CurrentResponse {

    static final String COOKIE = "musubi-response";

    private final Responses responses;
    private final Clock realTime;
    private final HttpServletRequest request;
    private @Nullable Response known;
    private boolean saidSo;

    CurrentResponse(Responses responses, Clock realTime, HttpServletRequest request) {
        this.responses = responses;
        this.realTime = realTime;
        this.request = request;
    }

    /**
     * @throws NoResponse if there is none yet, or none with the code in the path
     */
    public Response get() {
        return find().orElseThrow(NoResponse::new);
    }

    /** Empty while no response has been opened. */
    public Optional<Response> find() {
        if (known == null) {
            known = resolve().orElse(null);
        }
        return Optional.ofNullable(known);
    }

    /** What time it is in the response. */
    public Instant now() {
        return find().map(response -> response.clock().now(realTime)).orElseGet(realTime::instant);
    }

    private Optional<Response> resolve() {
        if (request.getAttribute(ResponsePrefixFilter.CODE) instanceof String code) {
            Optional<Response> found = responses.findByCode(code);
            if (found.isEmpty() && !saidSo) {
                saidSo = true; // once: the page that says so stands in no response
                throw new NoResponse();
            }
            return found;
        }
        Cookie last = WebUtils.getCookie(request, COOKIE);
        return Optional.ofNullable(last)
                .flatMap(cookie -> responses.findByCode(cookie.getValue()))
                .or(() -> responses.listResponses().stream().findFirst());
    }
}
