package jp.musubi.training;

import java.util.Locale;
import jp.musubi.common.BilingualText;

/** What cohorts are watched for while a course runs. */
public enum WarningRule {
    ATTENDANCE_FALLING(
            "出席が減っている",
            "Attendance is falling",
            "直近14日の出席の割合が、その前より枠組みの定める幅以上に下がっています。",
            "The share attended in the last 14 days is lower than before by the scheme's step or more."),
    STIPEND_AT_RISK(
            "最低出席を割りそう",
            "Minimum attendance at risk",
            "出席の割合が、枠組みの最低出席に近いか、それを下回っています。給付や修了に関わります。",
            "The share attended is near the scheme's minimum, or below it. Stipend or completion depend on it."),
    REGISTER_MISSING(
            "出席簿がない授業",
            "A session without a register",
            "授業から枠組みの定める日数がたっても、出席簿に何も書かれていません。",
            "Nothing is in the register, although more days than the scheme allows have gone by.");

    private final BilingualText label;
    private final BilingualText explanation;

    WarningRule(String ja, String en, String whyJa, String whyEn) {
        this.label = BilingualText.of(ja, en);
        this.explanation = BilingualText.of(whyJa, whyEn);
    }

    public BilingualText label() {
        return label;
    }

    public BilingualText explanation() {
        return explanation;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
