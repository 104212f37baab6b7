package jp.musubi.volunteer;

import java.util.Arrays;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/** What can happen to people at work. Minors never work where there is any. */
public enum Risk {
    FALLING_OBJECTS("falling-objects", "落下物・倒壊", "Falling objects"),
    DUST("dust", "粉じん・石綿", "Dust and asbestos"),
    SHARP_OBJECTS("sharp-objects", "釘・ガラス", "Nails and glass"),
    HEIGHT("height", "高所", "Height"),
    WATER("water", "水辺・津波", "Water and tsunami"),
    TRAFFIC("traffic", "交通", "Traffic"),
    MACHINES("machines", "機械", "Machines"),
    INFECTION("infection", "感染", "Infection");

    private final String code;
    private final BilingualText label;

    Risk(String code, String ja, String en) {
        this.code = code;
        this.label = BilingualText.of(ja, en);
    }

    public String code() {
        return code;
    }

    public BilingualText label() {
        return label;
    }

    public static Optional<Risk> findByCode(String code) {
        return Arrays.stream(values()).filter(risk -> risk.code.equals(code)).findFirst();
    }
}
