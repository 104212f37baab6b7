package jp.musubi.inbox;

import jp.musubi.common.BilingualText;

/**
 * One thing that is wrong with a row.
 *
 * @param code stable, for programs: lower case words joined by hyphens, e.g. {@code not-a-whole-number}
 * @param place where it stands
 * @param value what was found there; kept encrypted, because it may be personal
 * @param expected what would have been right
 * @param remedy what the sender can do
 */
public record RowProblem(String code, CellPlace place, String value, BilingualText expected, BilingualText remedy) {

    public RowProblem {
        if (!code.matches("[a-z][a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException(
                    "A problem's code has lower case letters, digits and hyphens, but was \"" + code + "\".");
        }
    }
}
