package jp.musubi.training;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/** What a register says of one person at one session. */
public enum Mark {
    PRESENT("○", "出席", "Present", "〇", "◯", "●", "o", "出", "1", "p"),
    LATE("遅", "遅刻", "Late", "l", "遅れ"),
    LEFT_EARLY("早", "早退", "Left early", "e", "early", "left-early"),
    PARTIAL("△", "一部出席", "In part", "▲", "遅早", "遅・早", "一部", "partial"),
    EXCUSED("公", "公欠", "Excused", "公休", "公認欠席", "excused"),
    ABSENT("×", "欠席", "Absent", "✕", "✖", "╳", "x", "欠", "0", "a");

    private static final Map<String, Mark> BY_WORD = new HashMap<>();

    static {
        for (Mark mark : values()) {
            for (String word : mark.words) {
                BY_WORD.put(plain(word), mark);
            }
        }
    }

    private final String sign;
    private final BilingualText label;
    private final List<String> words;

    Mark(String sign, String ja, String en, String... alsoWritten) {
        this.sign = sign;
        this.label = BilingualText.of(ja, en);
        List<String> all = new java.util.ArrayList<>(List.of(sign, ja, en, name()));
        all.addAll(Arrays.asList(alsoWritten));
        this.words = List.copyOf(all);
    }

    /** One character, as registers are filled in by hand. */
    public String sign() {
        return sign;
    }

    public BilingualText label() {
        return label;
    }

    /** Whether the person was there at all. */
    public boolean isThere() {
        return this != ABSENT && this != EXCUSED;
    }

    /** Reads a sign or a word; width, case and blanks do not matter. */
    public static Optional<Mark> find(String text) {
        return Optional.ofNullable(BY_WORD.get(plain(text)));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_]+", "");
    }
}
