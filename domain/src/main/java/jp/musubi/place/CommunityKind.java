package jp.musubi.place;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.musubi.common.BilingualText;

/** What a community is. People at home and in shelters nobody designated are communities like any other. */
public enum CommunityKind {
    SHELTER("指定避難所", "Shelter", "避難所", "福祉避難所", "指定福祉避難所"),
    UNDESIGNATED_SHELTER(
            "指定外の避難所",
            "Undesignated shelter",
            "指定外避難所",
            "自主避難所",
            "undesignated",
            "緊急避難場所",
            "指定緊急避難場所",
            "広域避難場所",
            "一時避難場所"),
    HOME("在宅の人びと", "People at home", "在宅", "在宅避難", "在宅避難者", "home cluster"),
    COOP_OFFICE("協同組合の事業所", "Co-operative office", "協同組合", "事業所", "coop", "coop office", "office"),
    FACILITY("施設", "Facility", "病院", "福祉施設", "hospital", "care home");

    private final BilingualText label;
    private final String[] words;

    CommunityKind(String ja, String en, String... words) {
        this.label = BilingualText.of(ja, en);
        this.words = words;
    }

    public BilingualText label() {
        return label;
    }

    /** Every word files use for a kind, in lower case. */
    static Map<String, CommunityKind> words() {
        Map<String, CommunityKind> all = new LinkedHashMap<>();
        for (CommunityKind kind : values()) {
            all.put(kind.name().toLowerCase(Locale.ROOT), kind);
            all.put(kind.label.ja(), kind);
            all.put(kind.label.en().toLowerCase(Locale.ROOT), kind);
            for (String word : kind.words) {
                all.put(word, kind);
            }
        }
        return all;
    }
}
