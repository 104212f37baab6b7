package jp.musubi.inbox.job;

import java.io.IOException;
import jp.musubi.common.BilingualText;

/** A file as a whole cannot be read, and why. */
final class UnreadableTable extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient BilingualText text;

    UnreadableTable(String code, String ja, String en) {
        super(en);
        this.code = code;
        this.text = BilingualText.of(ja, en);
    }

    String code() {
        return code;
    }

    BilingualText text() {
        return text;
    }
}
