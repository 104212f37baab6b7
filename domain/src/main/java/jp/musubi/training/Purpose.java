package jp.musubi.training;

import java.util.Locale;
import java.util.Map;
import jp.musubi.common.BilingualText;

/** What personal data is used for. Each needs the person's consent of its own (APPI, Art. 17, 18, 20(2), 27). */
public enum Purpose {
    TRAINING("訓練の記録", "Records of the course"),
    MUNICIPALITY("委託元への報告", "Reports to the municipality"),
    FOLLOW_UP("修了後の連絡", "Contact after the course"),
    SENSITIVE("配慮が必要な情報の取得", "Sensitive circumstances");

    private final BilingualText label;

    Purpose(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    /** How it is written in files, e.g. {@code follow-up}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<String, Purpose> words() {
        return TrainingCells.words(values(), Purpose::code, Purpose::label);
    }
}
