package jp.musubi.training;

import java.util.Locale;
import jp.musubi.common.BilingualText;

/** What kinds of dated facts are kept of a trainee, beside the marks of the registers. */
public enum FactKind {
    APPLIED("応募", "Applied"),
    SCREENED("選考", "Screened"),
    ENROLLED("入校", "Enrolled"),
    COMPLETED("修了", "Completed"),
    FOUNDING_GROUP("設立準備会に参加", "Joined a founding group"),
    INCORPORATED("法人設立", "Co-operative incorporated"),
    LAUNCHED("事業開始", "Business launched"),
    WITHDREW("辞退・中途退校", "Withdrew"),
    JOB_ELSEWHERE("他の就職", "Job elsewhere"),
    FURTHER_STUDY("進学", "Further study"),
    MOVED("転居", "Moved away"),
    DIED("死亡", "Died"),
    CERTIFICATE("修了証・資格", "Certificate"),
    PLACEMENT("実習・就労先", "Placement"),
    FOLLOW_UP("追跡調査の回答", "Follow-up answer"),
    CONSENT("同意", "Consent");

    private final BilingualText label;

    FactKind(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    /** How it is written in files and keys, e.g. {@code founding-group}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
