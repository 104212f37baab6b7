package jp.musubi.place;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The 47 prefectures in the order of JIS X 0401: the first is 01. */
public enum Prefecture {
    HOKKAIDO("01", "北海道", "ほっかいどう", "Hokkaido"),
    AOMORI("02", "青森県", "あおもりけん", "Aomori"),
    IWATE("03", "岩手県", "いわてけん", "Iwate"),
    MIYAGI("04", "宮城県", "みやぎけん", "Miyagi"),
    AKITA("05", "秋田県", "あきたけん", "Akita"),
    YAMAGATA("06", "山形県", "やまがたけん", "Yamagata"),
    FUKUSHIMA("07", "福島県", "ふくしまけん", "Fukushima"),
    IBARAKI("08", "茨城県", "いばらきけん", "Ibaraki"),
    TOCHIGI("09", "栃木県", "とちぎけん", "Tochigi"),
    GUNMA("10", "群馬県", "ぐんまけん", "Gunma"),
    SAITAMA("11", "埼玉県", "さいたまけん", "Saitama"),
    CHIBA("12", "千葉県", "ちばけん", "Chiba"),
    TOKYO("13", "東京都", "とうきょうと", "Tokyo"),
    KANAGAWA("14", "神奈川県", "かながわけん", "Kanagawa"),
    NIIGATA("15", "新潟県", "にいがたけん", "Niigata"),
    TOYAMA("16", "富山県", "とやまけん", "Toyama"),
    ISHIKAWA("17", "石川県", "いしかわけん", "Ishikawa"),
    FUKUI("18", "福井県", "ふくいけん", "Fukui"),
    YAMANASHI("19", "山梨県", "やまなしけん", "Yamanashi"),
    NAGANO("20", "長野県", "ながのけん", "Nagano"),
    GIFU("21", "岐阜県", "ぎふけん", "Gifu"),
    SHIZUOKA("22", "静岡県", "しずおかけん", "Shizuoka"),
    AICHI("23", "愛知県", "あいちけん", "Aichi"),
    MIE("24", "三重県", "みえけん", "Mie"),
    SHIGA("25", "滋賀県", "しがけん", "Shiga"),
    KYOTO("26", "京都府", "きょうとふ", "Kyoto"),
    OSAKA("27", "大阪府", "おおさかふ", "Osaka"),
    HYOGO("28", "兵庫県", "ひょうごけん", "Hyogo"),
    NARA("29", "奈良県", "ならけん", "Nara"),
    WAKAYAMA("30", "和歌山県", "わかやまけん", "Wakayama"),
    TOTTORI("31", "鳥取県", "とっとりけん", "Tottori"),
    SHIMANE("32", "島根県", "しまねけん", "Shimane"),
    OKAYAMA("33", "岡山県", "おかやまけん", "Okayama"),
    HIROSHIMA("34", "広島県", "ひろしまけん", "Hiroshima"),
    YAMAGUCHI("35", "山口県", "やまぐちけん", "Yamaguchi"),
    TOKUSHIMA("36", "徳島県", "とくしまけん", "Tokushima"),
    KAGAWA("37", "香川県", "かがわけん", "Kagawa"),
    EHIME("38", "愛媛県", "えひめけん", "Ehime"),
    KOCHI("39", "高知県", "こうちけん", "Kochi"),
    FUKUOKA("40", "福岡県", "ふくおかけん", "Fukuoka"),
    SAGA("41", "佐賀県", "さがけん", "Saga"),
    NAGASAKI("42", "長崎県", "ながさきけん", "Nagasaki"),
    KUMAMOTO("43", "熊本県", "くまもとけん", "Kumamoto"),
    OITA("44", "大分県", "おおいたけん", "Oita"),
    MIYAZAKI("45", "宮崎県", "みやざきけん", "Miyazaki"),
    KAGOSHIMA("46", "鹿児島県", "かごしまけん", "Kagoshima"),
    OKINAWA("47", "沖縄県", "おきなわけん", "Okinawa");

    private static final Map<String, Prefecture> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Prefecture::code, prefecture -> prefecture));

    private final String code;
    private final String ja;
    private final String kana;
    private final String en;

    Prefecture(String code, String ja, String kana, String en) {
        this.code = code;
        this.ja = ja;
        this.kana = kana;
        this.en = en;
    }

    static boolean isCode(String twoDigits) {
        return BY_CODE.containsKey(twoDigits);
    }

    /**
     * @param twoDigits 01 to 47
     * @throws IllegalArgumentException if it is none of these
     */
    public static Prefecture ofCode(String twoDigits) {
        Prefecture prefecture = BY_CODE.get(twoDigits);
        if (prefecture == null) {
            throw new IllegalArgumentException(
                    "A prefecture's code is 01 to 47, but was \"" + twoDigits + "\". Maybe 03 for Iwate?");
        }
        return prefecture;
    }

    /** Two digits. */
    public String code() {
        return code;
    }

    /** The full name, e.g. 岩手県. */
    public String ja() {
        return ja;
    }

    /** The full name in hiragana. */
    public String kana() {
        return kana;
    }

    /** The name in English, without "Prefecture". */
    public String en() {
        return en;
    }

    /** The name without 県, 府 or 都; 北海道 stays whole. */
    public String shortJa() {
        return this == HOKKAIDO ? ja : ja.substring(0, ja.length() - 1);
    }

    /** The name in the reader's language; Japanese unless English is asked for. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }
}
