package jp.musubi.identity;

import java.util.Locale;

/**
 * Somebody with access, without personal data.
 *
 * @param login short name in commands such as {@code signin}
 * @param signInEpoch grows when the person signs out everywhere; older sessions end
 */
public record Person(
        PersonId id, String login, OrganisationId organisation, Locale language, int signInEpoch, boolean active) {

    /** What a login may look like. */
    public static final String LOGIN_PATTERN = "[a-z0-9][a-z0-9._-]{1,99}";
}
