package jp.musubi.trace.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.catalog.Catalogue;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.place.Municipalities;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.trace.Traces;
import jp.musubi.trace.TrackingCodes;
import jp.musubi.trace.TrackingCodes.Tracked;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where a gift is, for whoever holds its code. The code alone opens the page; nobody signs in. */
@Controller
@OpenToAll
class TracePages {

    private final TrackingCodes codes;
    private final Traces traces;
    private final Responses responses;
    private final Catalogue catalogue;
    private final Municipalities municipalities;

    TracePages(
            TrackingCodes codes,
            Traces traces,
            Responses responses,
            Catalogue catalogue,
            Municipalities municipalities) {
        this.codes = codes;
        this.traces = traces;
        this.responses = responses;
        this.catalogue = catalogue;
        this.municipalities = municipalities;
    }

    @GetMapping("/trace")
    String ask(@RequestParam(defaultValue = "") String code) {
        String stripped = code.strip();
        String last = stripped.substring(stripped.lastIndexOf('/') + 1);
        return isCode(last) ? "redirect:/trace/" + last : "trace/ask";
    }

    @GetMapping("/trace/{code}")
    String show(@PathVariable String code, Model model, Locale locale, HttpServletResponse answer) {
        Tracked tracked = get(code);
        Response response = responses.getById(tracked.response());
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("X-Robots-Tag", "noindex");
        model.addAttribute("trace", view(tracked, locale));
        model.addAttribute("incident", response.name(locale));
        return "trace/show";
    }

    @GetMapping("/api/v1/trace/{code}")
    @ResponseBody
    ResponseEntity<TraceView> trace(@PathVariable String code, Locale locale) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view(get(code), locale));
    }

    private TraceView view(Tracked tracked, Locale locale) {
        return TraceView.of(
                traces.getTrace(tracked.response(), tracked.line()),
                catalogue.current(),
                municipalities.directory(),
                locale);
    }

    private Tracked get(String code) {
        return Optional.of(code)
                .filter(TracePages::isCode)
                .flatMap(codes::find)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "trace.problem.code"));
    }

    private static boolean isCode(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }
}
