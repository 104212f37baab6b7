package jp.musubi.catalog;

import java.util.Locale;

/** The groups in which goods were counted in 2011, and the three that are not goods. */
public enum ItemGroup {
    WATER("水・飲み物", "Water and drinks"),
    FOOD("食料", "Food"),
    HYGIENE("衛生", "Hygiene"),
    HOUSEHOLD("生活用品", "Household items"),
    CLOTHING("衣類", "Clothing"),
    SHELTER("住まい", "Shelter"),
    HEALTH("健康", "Health"),
    EQUIPMENT("道具・機器", "Equipment"),
    TRANSPORT("燃料・移動", "Fuel and transport"),
    LETTERS("手紙", "Letters"),
    MONEY("お金", "Money"),
    HOURS("時間", "Working time");

    private final String ja;
    private final String en;

    ItemGroup(String ja, String en) {
        this.ja = ja;
        this.en = en;
    }

    /** The group's name in the reader's language; Japanese unless English is asked for. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }

    /** How the group is written in files, e.g. {@code food}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Goods have weight and volume and travel on lorries; money and working time do not. */
    public boolean isGoods() {
        return this != MONEY && this != HOURS;
    }
}
