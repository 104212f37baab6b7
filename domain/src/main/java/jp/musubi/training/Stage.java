package jp.musubi.training;

import java.util.Locale;
import jp.musubi.common.BilingualText;

/** How far somebody has come on the way from course to co-operative, or how they left it. In the order of the way. */
public enum Stage {
    UNKNOWN("記録なし", "Nothing known"),
    APPLIED("応募", "Applied"),
    SCREENED("選考済み", "Screened"),
    ENROLLED("入校決定", "Enrolled"),
    IN_TRAINING("受講中", "In training"),
    COMPLETED("修了", "Completed"),
    FOUNDING_GROUP("設立準備中", "In a founding group"),
    INCORPORATED("法人設立", "Incorporated"),
    LAUNCHED("事業開始", "Launched"),
    SUSTAINED_6("6か月継続", "Sustained 6 months"),
    SUSTAINED_12("12か月継続", "Sustained 12 months"),
    SUSTAINED_24("24か月継続", "Sustained 24 months"),
    SUSTAINED_36("36か月継続", "Sustained 36 months"),
    WITHDREW("辞退・中途退校", "Withdrew"),
    JOB_ELSEWHERE("他の就職", "Job elsewhere"),
    FURTHER_STUDY("進学", "Further study"),
    MOVED("転居", "Moved away"),
    DIED("死亡", "Died");

    private final BilingualText label;

    Stage(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is a way out and not a step of the way. */
    public boolean isExit() {
        return compareTo(WITHDREW) >= 0;
    }
}
