package jp.musubi.response.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.response.Response;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code /r/tohoku-2011/ops} is {@code /ops} in the response {@code tohoku-2011}, which then is the last used one. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ResponsePrefixFilter extends OncePerRequestFilter {

    static final String CODE = ResponsePrefixFilter.class.getName() + ".code";

    private static final Pattern PREFIX = Pattern.compile("/r/(" + Response.CODE_PATTERN + ")(/.*)?");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher prefix = PREFIX.matcher(request.getRequestURI());
        if (!prefix.matches()) {
            chain.doFilter(request, response);
            return;
        }
        String code = prefix.group(1);
        request.setAttribute(CODE, code);
        Cookie last = new Cookie(CurrentResponse.COOKIE, code);
        last.setPath("/");
        last.setHttpOnly(true);
        last.setSecure(request.isSecure());
        last.setAttribute("SameSite", "Lax");
        last.setMaxAge(365 * 24 * 3600);
        response.addCookie(last);
        chain.doFilter(new WithoutPrefix(request, rest(prefix)), response);
    }

    /** The path inside its response; other paths as they are. */
    static String withoutPrefix(String path) {
        Matcher prefix = PREFIX.matcher(path);
        return prefix.matches() ? rest(prefix) : path;
    }

    private static String rest(Matcher prefix) {
        return prefix.group(2) == null ? "/" : prefix.group(2);
    }

    private static final class WithoutPrefix extends HttpServletRequestWrapper {

        private final String path;

        WithoutPrefix(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
