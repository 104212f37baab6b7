package jp.musubi.response;

import jp.musubi.common.BilingualText;

/** Somebody wants to write into a response whose work has ended. It can be read, and an administrator can reopen it. */
public final class ResponseClosed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String nameJa;
    private final String nameEn;

    public ResponseClosed(Response response) {
        super("Response " + response.code() + " is closed; it can be read, but nothing can be added.");
        this.nameJa = response.nameJa();
        this.nameEn = response.nameEn();
    }

    /** For people, in whole sentences. */
    public BilingualText text() {
        return BilingualText.of(
                "「" + nameJa + "」は終了しています。見ることはできますが、書き込めません。続けるときは管理者に再開を頼んでください。",
                "“" + nameEn
                        + "” is closed. It can be read, but nothing can be added. To go on, ask an administrator to"
                        + " reopen it.");
    }
}
