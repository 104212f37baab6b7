package jp.musubi.identity.web;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** The secret of this run of the server, for commands on the same machine. */
@Component
public class OperatorSecret {

    private final String value;

    OperatorSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public String value() {
        return value;
    }
}
