package jp.musubi.common.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import jp.musubi.identity.web.NotAllowed;
import jp.musubi.identity.web.SignedIn;
import jp.musubi.response.ResponseClosed;
import jp.musubi.response.web.NoResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns what went wrong into an answer: a ProblemDetail (RFC 9457) for programs, a page for people. Both say what
 * happened and what to do; what nobody expected gets an id that stands in the log.
 */
@ControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final MessageSource texts;

    ProblemAdvice(MessageSource texts) {
        this.texts = texts;
    }

    @ExceptionHandler(NotAllowed.class)
    Object notAllowed(HttpServletRequest request, Locale locale) {
        boolean signedIn = isSignedIn();
        HttpStatus status = signedIn ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED;
        return answer(request, status, signedIn ? "problem.not-allowed" : "problem.sign-in-first", locale);
    }

    @ExceptionHandler(NoResponse.class)
    Object noResponse(HttpServletRequest request, Locale locale) {
        return answer(request, HttpStatus.NOT_FOUND, "problem.no-response", locale);
    }

    @ExceptionHandler(ResponseClosed.class)
    Object closed(ResponseClosed closed, HttpServletRequest request, Locale locale) {
        return answer(
                request,
                HttpStatus.CONFLICT,
                "problem.response-closed",
                locale,
                closed.text().in(locale));
    }

    @ExceptionHandler(Problem.class)
    Object expected(Problem problem, HttpServletRequest request, Locale locale) {
        return answer(request, problem.status(), problem.code(), locale, problem.arguments());
    }

    /** A number was expected, or one of some words, or JSON, or a file. */
    @ExceptionHandler({
        TypeMismatchException.class,
        HttpMessageNotReadableException.class,
        MultipartException.class,
        RequestRejectedException.class
    })
    Object unreadable(HttpServletRequest request, Locale locale) {
        return answer(request, HttpStatus.BAD_REQUEST, "problem.bad-request", locale);
    }

    @ExceptionHandler({MaxUploadSizeExceededException.class, Exception.class})
    Object other(Exception exception, HttpServletRequest request, Locale locale) {
        if (exception instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            String code = status.value() == 404
                    ? "problem.not-found"
                    : status.is4xxClientError() ? "problem.bad-request" : "problem.unexpected";
            return answer(request, status, code, locale, "");
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Unexpected problem {} at {} {}", id, request.getMethod(), pattern(request), exception);
        return answer(request, HttpStatus.INTERNAL_SERVER_ERROR, "problem.unexpected", locale, id);
    }

    private Object answer(
            HttpServletRequest request, HttpStatusCode status, String code, Locale locale, Object... arguments) {
        String title = texts.getMessage(code + ".title", arguments, locale);
        String remedy = texts.getMessage(code + ".remedy", arguments, locale);
        if (isForPrograms(request)) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, remedy);
            problem.setTitle(title);
            problem.setProperty("code", code);
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(problem);
        }
        ModelAndView page = new ModelAndView("problem");
        page.setStatus(status);
        page.addObject("title", title);
        page.addObject("remedy", remedy);
        page.addObject("signIn", status.value() == HttpStatus.UNAUTHORIZED.value());
        return page;
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        String path = request.getRequestURI();
        String accept = request.getHeader("Accept");
        return path.startsWith("/api/")
                || path.startsWith("/tiles/")
                || accept == null
                || !accept.contains("text/html");
    }

    private static boolean isSignedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn;
    }

    private static Object pattern(HttpServletRequest request) {
        Object pattern =
                request.getAttribute(org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "(no handler)" : pattern;
    }
}
