package jp.musubi.identity.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets commands on the same machine in, by the secret that only the data folder's owner can read. */
final class OperatorFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final OperatorSecret secret;

    OperatorFilter(OperatorSecret secret) {
        this.secret = secret;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (carriesSecret(request, secret)) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new OperatorAuthentication());
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    static boolean carriesSecret(HttpServletRequest request, OperatorSecret secret) {
        String header = request.getHeader("Authorization");
        return header != null
                && header.startsWith(BEARER)
                && isLocal(request)
                && MessageDigest.isEqual(
                        header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        secret.value().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLocal(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }
}
