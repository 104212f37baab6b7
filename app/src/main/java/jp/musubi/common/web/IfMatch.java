package jp.musubi.common.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The version on which a program bases its change, from the header {@code If-Match}. */
public final class IfMatch {

    /** Behind a hyphen stands what else the answer held; a change needs the version only. */
    private static final Pattern ENTITY_TAG = Pattern.compile("\"(\\d{1,18})(?:-[0-9a-f]{1,16})?\"");

    private IfMatch() {}

    /**
     * @throws Problem if there is no version: nothing is changed blindly
     */
    public static long version(@Nullable String header) {
        Matcher tag = ENTITY_TAG.matcher(header == null ? "" : header);
        if (!tag.matches()) {
            throw new Problem(HttpStatus.PRECONDITION_REQUIRED, "problem.version-needed");
        }
        return Long.parseLong(tag.group(1));
    }
}
