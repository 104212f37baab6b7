package jp.musubi.identity.web;

import java.io.Serializable;
import java.security.Principal;
import jp.musubi.identity.PersonId;

/**
 * Who a session belongs to. Grants are read anew at every request, so that a revoked one ends at once.
 *
 * @param epoch the person's sign-in epoch when the session began
 */
public record SignedIn(long person, String login, int epoch) implements Principal, Serializable {

    public PersonId id() {
        return new PersonId(person);
    }

    @Override
    public String getName() {
        return login;
    }
}
