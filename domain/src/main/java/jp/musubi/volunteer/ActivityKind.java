package jp.musubi.volunteer;

import java.util.Arrays;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/** What is done. */
public enum ActivityKind {
    DEBRIS("debris", "がれき撤去", "Debris removal"),
    CLEANING("cleaning", "清掃・泥出し", "Cleaning"),
    EVENTS("events", "行事・交流", "Events"),
    CARE("care", "介護・見守り", "Care"),
    DRIVING("driving", "運転・送迎", "Driving"),
    SORTING("sorting", "物資の仕分け", "Sorting"),
    COOKING("cooking", "炊き出し", "Cooking"),
    CHILDCARE("childcare", "保育", "Childcare");

    private final String code;
    private final BilingualText label;

    ActivityKind(String code, String ja, String en) {
        this.code = code;
        this.label = BilingualText.of(ja, en);
    }

    public String code() {
        return code;
    }

    public BilingualText label() {
        return label;
    }

    public static Optional<ActivityKind> findByCode(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
