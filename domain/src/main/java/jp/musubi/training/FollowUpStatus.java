package jp.musubi.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/** What somebody answered when asked how they are after a course or a launch. */
public enum FollowUpStatus {
    IN_COOPERATIVE("協同組合で働いている", "Works in the co-operative"),
    JOB_ELSEWHERE("他で働いている", "Works elsewhere"),
    STUDYING("学んでいる", "Studies"),
    LOOKING("仕事を探している", "Looks for work"),
    NOT_WORKING("働いていない", "Does not work"),
    MOVED("転居した", "Moved away"),
    NO_ANSWER("回答なし", "No answer");

    private final BilingualText label;

    FollowUpStatus(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    /** How it is written in files, e.g. {@code in-cooperative}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FollowUpStatus> findByCode(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst();
    }

    static Map<String, FollowUpStatus> words() {
        return TrainingCells.words(values(), FollowUpStatus::code, FollowUpStatus::label);
    }
}
