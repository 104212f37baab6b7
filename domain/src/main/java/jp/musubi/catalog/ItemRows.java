package jp.musubi.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/**
 * How a row of a file of items becomes an item. A row of a known code changes that item: blank cells keep what is known,
 * names and packs are added. The base unit of an item never changes, because every stored quantity is counted in it.
 */
public final class ItemRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("code", "品目コード", "Item code").hxl("#item+code").example("BLANKET"),
            Column.required("ja", "品目名", "Name in Japanese")
                    .alsoCalled("品名", "日本語名")
                    .hxl("#item+name+ja", "#item+name+i_ja")
                    .example("毛布"),
            Column.optional("kana", "よみ", "Kana").alsoCalled("カナ", "読み", "ふりがな").example("もうふ"),
            Column.required("en", "英語名", "Name in English")
                    .hxl("#item+name+en", "#item+name+i_en")
                    .example("Blanket"),
            Column.required("group", "分類", "Group")
                    .alsoCalled("category")
                    .hxl("#item+type", "#sector")
                    .example("household"),
            Column.required("base_unit", "基本単位", "Base unit").hxl("#item+unit").example("枚"),
            Column.optional("packs", "梱包", "Packs").example("箱=10;パレット=300"),
            Column.optional("also_called", "別名", "Also called")
                    .alsoCalled("synonyms", "同義語")
                    .example("ブランケット;ひざ掛け"),
            Column.optional("weight_g", "重さ（g）", "Weight in grams").example("680"),
            Column.optional("volume_cm3", "体積（cm3）", "Volume in cubic centimetres")
                    .example("1530"),
            Column.optional("shelf_life_days", "保存日数", "Shelf life in days").example("730"),
            Column.optional("cold_chain", "要冷蔵", "Cold chain").example("false"),
            Column.optional("ifrc", "IFRCコード", "IFRC code").hxl("#item+code+ifrc"),
            Column.optional("unspsc", "UNSPSCコード", "UNSPSC code").hxl("#item+code+unspsc"),
            Column.optional("jan", "JANコード", "JAN code").alsoCalled("EAN", "GTIN", "バーコード"));

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private ItemRows() {}

    public static Optional<String> externalId(Row row) {
        return row.text("code").map(code -> code.toUpperCase(Locale.ROOT));
    }

    /**
     * @param units all units by code
     */
    public static Interpretation<Item> interpret(Row row, ItemCatalogue catalogue, Map<String, Unit> units) {
        Cells cells = new Cells(row);
        Optional<ItemCode> code = cells.required("code", ItemRows::code);
        Optional<String> ja = cells.required("ja", CellParsers.text(100));
        Optional<String> kana = cells.optional("kana", CellParsers.text(100));
        Optional<String> en = cells.required("en", CellParsers.text(100));
        Optional<ItemGroup> group = cells.required("group", CellParsers.oneOf(groups()));
        Optional<Unit> base = cells.required("base_unit", text -> unit(text, units));
        Optional<List<ItemUnit>> packs = cells.optional("packs", text -> packs(text, units));
        Optional<Set<String>> alsoCalled = cells.optional("also_called", ItemRows::names);
        Optional<Long> weight = cells.optional("weight_g", CellParsers.wholeNumber(0, 100_000_000));
        Optional<Long> volume = cells.optional("volume_cm3", CellParsers.wholeNumber(0, 1_000_000_000));
        Optional<Long> shelfLife = cells.optional("shelf_life_days", CellParsers.wholeNumber(1, 36_500));
        Optional<Boolean> coldChain = cells.optional("cold_chain", CellParsers.yesNo());
        Optional<ExternalCode> ifrc =
                cells.optional("ifrc", CellParsers.text(60)).map(text -> external("IFRC", text));
        Optional<ExternalCode> unspsc =
                cells.optional("unspsc", ItemRows::unspsc).map(text -> external("UNSPSC", text));
        Optional<ExternalCode> jan = cells.optional("jan", ItemRows::jan).map(text -> external("JAN", text));
        Optional<Item> known = code.flatMap(catalogue::findByCode);
        if (known.isPresent()
                && base.isPresent()
                && !known.get().base().code().equals(base.get().code())) {
            Unit fixed = known.get().base();
            cells.problem(
                    "base_unit",
                    "base-unit-is-fixed",
                    BilingualText.of(fixed.ja(), fixed.en()),
                    BilingualText.of(
                            "登録済みの数量の意味が変わるため、基本単位は変えられません。別のコードで登録してください。",
                            "The base unit gives stored quantities their meaning. Register the item under another code."));
        }
        return cells.finish(() -> merged(
                known,
                new Item(
                        known.map(Item::id).orElse(new ItemId(0)),
                        code.orElseThrow(),
                        ja.orElseThrow(),
                        kana.or(() -> known.map(Item::kana)).orElse(ja.orElseThrow()),
                        en.orElseThrow(),
                        group.orElseThrow(),
                        known.map(Item::pushItem).orElse(false),
                        base.orElseThrow(),
                        packs.orElse(List.of()).stream()
                                .filter(pack -> !pack.unit()
                                        .code()
                                        .equals(base.orElseThrow().code()))
                                .toList(),
                        optional(weight, known.map(Item::weightGrams)),
                        optional(volume, known.map(Item::volumeCubicCentimetres)),
                        weight.isPresent() || volume.isPresent()
                                ? Sureness.SECONDARY
                                : known.map(Item::sizeSureness).orElse(Sureness.UNCONFIRMED),
                        shelfLife
                                .map(days -> OptionalInt.of(Math.toIntExact(days)))
                                .orElse(known.map(Item::shelfLifeDays).orElse(OptionalInt.empty())),
                        coldChain.orElse(known.map(Item::coldChain).orElse(false)),
                        alsoCalled.orElse(Set.of()),
                        Stream.of(ifrc, unspsc, jan).flatMap(Optional::stream).toList())));
    }

    private static OptionalLong optional(Optional<Long> written, Optional<OptionalLong> known) {
        return written.map(OptionalLong::of).orElse(known.orElse(OptionalLong.empty()));
    }

    /** Adds what the row does not say: other packs, names and codes stay. */
    private static Item merged(Optional<Item> known, Item item) {
        if (known.isEmpty()) {
            return item;
        }
        Set<String> names = new LinkedHashSet<>(known.get().alsoCalled());
        names.addAll(item.alsoCalled());
        return new Item(
                item.id(),
                item.code(),
                item.ja(),
                item.kana(),
                item.en(),
                item.group(),
                item.pushItem(),
                item.base(),
                union(known.get().packs(), item.packs(), pack -> pack.unit().code()),
                item.weightGrams(),
                item.volumeCubicCentimetres(),
                item.sizeSureness(),
                item.shelfLifeDays(),
                item.coldChain(),
                names,
                union(known.get().codes(), item.codes(), code -> code.scheme() + ":" + code.code()));
    }

    /** In the order of the old ones; a new one takes the place of the old one with its key. */
    private static <T> List<T> union(List<T> old, List<T> fresh, Function<T, String> key) {
        Map<String, T> all = new LinkedHashMap<>();
        old.forEach(value -> all.put(key.apply(value), value));
        fresh.forEach(value -> all.put(key.apply(value), value));
        return List.copyOf(all.values());
    }

    private static ExternalCode external(String scheme, String code) {
        return new ExternalCode(scheme, code, Sureness.SECONDARY);
    }

    private static Parsed<ItemCode> code(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return ItemCode.isCode(upper)
                ? Parsed.value(new ItemCode(upper))
                : Parsed.wrong(
                        "not-a-code",
                        BilingualText.of("英大文字・数字・ハイフン、40文字まで", "Letters, digits and hyphens, at most 40"),
                        BilingualText.of("BLANKET のようなコードにしてください。", "Use a code like BLANKET."));
    }

    private static Map<String, ItemGroup> groups() {
        return Arrays.stream(ItemGroup.values())
                .flatMap(group -> Stream.of(
                        Map.entry(group.code(), group),
                        Map.entry(group.name(Locale.JAPANESE), group),
                        Map.entry(group.name(Locale.ENGLISH).toLowerCase(Locale.ROOT), group)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));
    }

    private static Parsed<Unit> unit(String text, Map<String, Unit> units) {
        String key = NameKey.of(text);
        List<Unit> proper = units.values().stream()
                .filter(unit -> unit.properKeys().contains(key))
                .toList();
        // 組 and 本 are proper names of one unit each; words like "case" belong to exactly one unit too, or to none.
        List<Unit> found = proper.isEmpty()
                ? units.values().stream()
                        .filter(unit -> unit.isAlsoWritten(key))
                        .toList()
                : proper;
        return found.size() == 1
                ? Parsed.value(found.get(0))
                : Parsed.wrong(
                        "unknown-unit",
                        BilingualText.of(
                                "次のどれか: " + list(found.isEmpty() ? units.values() : found, Locale.JAPANESE),
                                "One of: " + list(found.isEmpty() ? units.values() : found, Locale.ENGLISH)),
                        BilingualText.of("一覧の単位を書いてください。", "Use a unit of the list."));
    }

    private static String list(Collection<Unit> units, Locale locale) {
        return units.stream()
                .map(unit -> unit.name(locale) + " (" + unit.code() + ")")
                .collect(Collectors.joining(locale.getLanguage().equals("ja") ? "、" : ", "));
    }

    private static Parsed<List<ItemUnit>> packs(String text, Map<String, Unit> units) {
        List<ItemUnit> packs = new ArrayList<>();
        for (String part : text.split("[;；、]")) {
            String[] sides = part.split("[=＝]", -1);
            if (sides.length != 2
                    || !(unit(sides[0].strip(), units) instanceof Parsed.Value<Unit> unit)
                    || !(CellParsers.wholeNumber(1, 1_000_000_000).parse(sides[1].strip())
                            instanceof Parsed.Value<Long> factor)) {
                return Parsed.wrong(
                        "not-a-pack",
                        BilingualText.of("単位=基本単位の数（例 箱=10;パレット=300）", "unit=base units, e.g. box=10;pallet=300"),
                        BilingualText.of("例の形で書き直してください。", "Write it like the example."));
            }
            packs.add(new ItemUnit(unit.value(), factor.value(), 1, Sureness.SECONDARY));
        }
        return Parsed.value(packs);
    }

    private static Parsed<Set<String>> names(String text) {
        Set<String> names = Arrays.stream(text.split("[;；]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return names.stream().allMatch(name -> name.length() <= 100)
                ? Parsed.value(names)
                : Parsed.wrong(
                        "too-long",
                        BilingualText.of("それぞれ100文字まで", "At most 100 characters each"),
                        BilingualText.of("短くしてください。", "Shorten it."));
    }

    private static Parsed<String> unspsc(String text) {
        return text.length() == 8 && DIGITS.matcher(text).matches()
                ? Parsed.value(text)
                : Parsed.wrong(
                        "not-a-unspsc-code",
                        BilingualText.of("数字8桁", "Eight digits"),
                        BilingualText.of("コードを確かめるか、空欄にしてください。", "Check the code, or leave it blank."));
    }

    /** EAN-13 or EAN-8 with a right check digit. */
    private static Parsed<String> jan(String text) {
        boolean right = (text.length() == 13 || text.length() == 8)
                && DIGITS.matcher(text).matches()
                && checkDigit(text) == text.charAt(text.length() - 1) - '0';
        return right
                ? Parsed.value(text)
                : Parsed.wrong(
                        "not-a-jan-code",
                        BilingualText.of("検査数字の合う13桁か8桁", "13 or 8 digits with a right check digit"),
                        BilingualText.of(
                                "バーコードの下の数字を写すか、空欄にしてください。", "Copy the digits below the bar code, or leave it blank."));
    }

    private static int checkDigit(String text) {
        int sum = 0;
        for (int i = text.length() - 2, weight = 3; i >= 0; i--, weight = 4 - weight) {
            sum += (text.charAt(i) - '0') * weight;
        }
        return (10 - sum % 10) % 10;
    }
}
