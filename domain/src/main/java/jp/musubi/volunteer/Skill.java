package jp.musubi.volunteer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.NameKey;
import jp.musubi.common.BilingualText;
import jp.musubi.common.EditDistance;

/**
 * What a volunteer can do and a seat can ask for. Licences follow Japan's Road Traffic Act (classes of licence) and
 * Industrial Safety and Health Act (forklift of 1 t and more: skill training, article 61).
 */
public enum Skill {
    DEBRIS("debris", "がれき撤去", "Debris removal", "がれき", "瓦礫"),
    CLEANING("cleaning", "清掃・泥出し", "Cleaning", "清掃", "泥出し", "mud out"),
    SORTING("sorting", "仕分け", "Sorting goods", "物資仕分け", "sort"),
    COOKING("cooking", "炊き出し・調理", "Cooking", "炊き出し", "調理", "cook"),
    CHILDCARE("childcare", "保育", "Childcare", "子ども", "保育士"),
    LISTENING("listening", "傾聴", "Listening", "お茶会", "サロン"),
    CARE("care", "介護", "Care of the elderly", "介護職", "介護福祉士", "caregiving"),
    NURSING("nursing", "看護", "Nursing", "看護師", "保健師", "nurse"),
    INTERPRETING("interpreting", "通訳", "Interpreting", "翻訳", "interpreter"),
    SIGN_LANGUAGE("sign-language", "手話", "Sign language", "手話通訳"),
    CAR("car", "普通自動車免許", "Licence: car", "普通免許", "運転", "driving", "driver", "普通"),
    SEMI_MEDIUM_TRUCK("semi-medium-truck", "準中型免許", "Licence: truck up to 7.5 t", "準中型"),
    MEDIUM_TRUCK("medium-truck", "中型免許", "Licence: truck up to 11 t", "中型"),
    LARGE_TRUCK("large-truck", "大型免許", "Licence: truck of 11 t and more", "大型", "truck"),
    FORKLIFT("forklift", "フォークリフト", "Forklift", "フォークリフト運転者", "fork lift"),
    CHAINSAW("chainsaw", "チェーンソー", "Chainsaw", "チェンソー", "伐木"),
    CARPENTRY("carpentry", "大工・修繕", "Carpentry and repairs", "大工", "修繕"),
    ELECTRICITY("electricity", "電気工事", "Electrical work", "電気工事士", "electrician"),
    COMPUTERS("computers", "パソコン・事務", "Computers and office work", "パソコン", "事務", "office"),
    LEADING("leading", "班長", "Leading a team", "リーダー", "leader");

    /** The levels of a skill: 1 can help, 2 works alone, 3 can teach. */
    public static final int HIGHEST_LEVEL = 3;

    private static final Map<String, Skill> BY_NAME = byName();

    private final String code;
    private final BilingualText label;
    private final List<String> names;

    Skill(String code, String ja, String en, String... names) {
        this.code = code;
        this.label = BilingualText.of(ja, en);
        this.names = List.of(names);
    }

    /** Stable, as files write it. */
    public String code() {
        return code;
    }

    public BilingualText label() {
        return label;
    }

    public static Optional<Skill> findByCode(String code) {
        return Arrays.stream(values()).filter(skill -> skill.code.equals(code)).findFirst();
    }

    /** The skill of this code or name in either language; width, case and blanks do not matter. */
    public static Optional<Skill> findByName(String written) {
        return Optional.ofNullable(BY_NAME.get(NameKey.of(written)));
    }

    /** The skills whose names are most like what was written, at most three. */
    public static List<Skill> listSimilar(String written) {
        String key = NameKey.of(written);
        return BY_NAME.entrySet().stream()
                .filter(entry -> EditDistance.between(key, entry.getKey())
                                <= Math.max(
                                        1, Math.max(key.length(), entry.getKey().length()) / 2)
                        || entry.getKey().contains(key))
                .sorted(Comparator.<Map.Entry<String, Skill>>comparingInt(
                                entry -> EditDistance.between(key, entry.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .distinct()
                .limit(3)
                .toList();
    }

    private static Map<String, Skill> byName() {
        Map<String, Skill> names = new HashMap<>();
        for (Skill skill : values()) {
            names.put(NameKey.of(skill.code), skill);
            names.put(NameKey.of(skill.label.in(Locale.JAPANESE)), skill);
            names.put(NameKey.of(skill.label.in(Locale.ENGLISH)), skill);
            skill.names.forEach(name -> names.put(NameKey.of(name), skill));
        }
        return Map.copyOf(names);
    }
}
