package jp.musubi.identity.web;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The machine's own operator: a command on the same machine that could read the running server's secret. */
final class OperatorAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    OperatorAuthentication() {
        super(List.of());
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return "operator";
    }
}
