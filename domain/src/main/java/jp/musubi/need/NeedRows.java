package jp.musubi.need;

import java.text.Normalizer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCells;
import jp.musubi.catalog.NameKey;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.place.CommunityId;

/** How a row of a file of needs becomes a need. */
public final class NeedRows {

    public static final List<Column> COLUMNS = List.of(
            Column.optional("need_id", "要請番号", "Need id")
                    .alsoCalled("id", "要望番号", "ニーズID", "管理番号")
                    .hxl("#meta+id")
                    .example("N-00001"),
            Column.required("community_id", "避難所番号", "Community id")
                    .alsoCalled("避難所ID", "施設ID", "地域番号", "shelter_id", "location id")
                    .hxl("#loc+code")
                    .example("C-03461-S1"),
            Column.required("item", "品目", "Item")
                    .alsoCalled("品名", "物資", "物資名", "item name", "commodity")
                    .hxl("#item", "#item+name", "#item+code")
                    .example("毛布"),
            Column.required("quantity", "数量", "Quantity")
                    .alsoCalled("必要数", "必要数量", "要請数", "個数", "amount", "needed")
                    .hxl("#need", "#inneed", "#need+value")
                    .example("120"),
            Column.optional("unit", "単位", "Unit").hxl("#item+unit").example("枚"),
            Column.required("priority", "優先度", "Priority")
                    .alsoCalled("緊急度", "urgency")
                    .hxl("#severity", "#need+priority")
                    .example("1"),
            Column.optional("needed_by", "期限", "Needed by")
                    .alsoCalled("必要日時", "希望日時", "納期", "deadline", "due")
                    .hxl("#date+end")
                    .example("2011-03-15T12:00:00+09:00"),
            Column.optional("reported_at", "報告日時", "Reported at")
                    .alsoCalled("受付日時", "聞き取り日時", "確認日時", "reported")
                    .hxl("#date+reported")
                    .example("2011-03-14T08:30:00+09:00"),
            Column.optional("source", "情報源", "Source")
                    .alsoCalled("区分", "種別", "kind", "type")
                    .hxl("#meta+source")
                    .example("request"));

    private static final Pattern NUMBER = Pattern.compile("([1-4])(\\.0+)?");

    private static final Map<String, Priority> PRIORITIES = priorities();

    /** Words in the source column that say somebody counted what is lacking. */
    private static final List<String> ASSESSED =
            List.of("assessment", "assessed", "survey", "聞き取り", "聞取り", "調査", "巡回", "アセスメント");

    private static final int LONGEST_ID = 200;

    private NeedRows() {}

    private static Map<String, Priority> priorities() {
        Map<String, Priority> words = new HashMap<>();
        for (Priority priority : Priority.values()) {
            words.put(NameKey.of(priority.name(Locale.JAPANESE)), priority);
            words.put(NameKey.of(priority.name(Locale.ENGLISH)), priority);
        }
        words.put(NameKey.of("緊急"), Priority.URGENT);
        words.put(NameKey.of("最優先"), Priority.URGENT);
        words.put(NameKey.of("中"), Priority.NORMAL);
        words.put(NameKey.of("普通"), Priority.NORMAL);
        words.put(NameKey.of("medium"), Priority.NORMAL);
        return Map.copyOf(words);
    }

    /**
     * The sender's id of the need; without one the community, the item as written and the deadline tell needs of one file
     * apart.
     */
    public static Optional<String> externalId(Row row) {
        return row.text("need_id")
                .or(() -> row.text("community_id")
                        .flatMap(community -> row.text("item")
                                .map(item -> "~" + community + "~" + NameKey.of(item) + "~"
                                        + row.text("needed_by").orElse(""))));
    }

    /** How communities are looked up while a file is read. */
    public interface Communities {

        /** Communities of the response under this id of a sender; more than one if several senders use it. */
        List<CommunityId> findByExternalId(String externalId);
    }

    public static Interpretation<ReportedNeed> interpret(Row row, ItemCatalogue catalogue, Communities communities) {
        Cells cells = new Cells(row);
        if (externalId(row).orElse("").length() > LONGEST_ID) {
            cells.problem(
                    "need_id",
                    "too-long",
                    BilingualText.of(LONGEST_ID + "文字までの番号", "An id of at most " + LONGEST_ID + " characters"),
                    BilingualText.of("短い番号をつけてください。", "Give the row a short id."));
        }
        Optional<CommunityId> community = cells.required("community_id", text -> community(text, communities));
        Optional<Item> item = ItemCells.item(cells, "item", catalogue);
        Optional<String> source = cells.optional("source", CellParsers.text(100));
        NeedKind kind = source.map(NameKey::of)
                .filter(text -> ASSESSED.stream().map(NameKey::of).anyMatch(text::contains))
                .map(text -> NeedKind.ASSESSMENT)
                .orElse(NeedKind.REQUEST);
        long least = kind == NeedKind.ASSESSMENT ? 0 : 1;
        Optional<QuantityReading.Read> quantity =
                item.flatMap(known -> ItemCells.quantity(cells, row, "quantity", "unit", known, least));
        if (item.isEmpty() && row.text("quantity").isEmpty()) {
            cells.required("quantity", CellParsers.text(80));
        }
        Optional<Priority> priority = cells.required("priority", NeedRows::priority);
        Optional<Instant> neededBy = cells.optional("needed_by", CellParsers.time());
        Optional<Instant> reportedAt = cells.optional("reported_at", CellParsers.time());
        return cells.finish(() -> new ReportedNeed(
                community.orElseThrow(),
                item.orElseThrow().id(),
                kind,
                quantity.orElseThrow().quantity(),
                (row.text("quantity").orElse("") + " " + row.text("unit").orElse("")).strip(),
                quantity.orElseThrow().unit().sureness() == Sureness.ASSUMED,
                priority.orElseThrow(),
                neededBy,
                reportedAt,
                source));
    }

    private static CellParser.Parsed<Priority> priority(String text) {
        Matcher number = NUMBER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        if (number.matches()) {
            return CellParser.Parsed.value(Priority.of(Integer.parseInt(number.group(1))));
        }
        return Optional.ofNullable(PRIORITIES.get(NameKey.of(text)))
                .map(CellParser.Parsed::value)
                .orElseGet(() -> CellParser.Parsed.wrong(
                        "unknown-priority",
                        BilingualText.of("1 至急、2 高、3 通常、4 低", "1 urgent, 2 high, 3 normal, 4 low"),
                        BilingualText.of("1から4の数字かことばを書いてください。", "Write a number from 1 to 4, or the word.")));
    }

    private static CellParser.Parsed<CommunityId> community(String text, Communities communities) {
        List<CommunityId> found = communities.findByExternalId(text);
        if (found.size() == 1) {
            return CellParser.Parsed.value(found.get(0));
        }
        return found.isEmpty()
                ? CellParser.Parsed.wrong(
                        "unknown-community",
                        BilingualText.of("登録済みの避難所番号", "The id of a known community"),
                        BilingualText.of(
                                "番号を確かめるか、避難所の一覧を先に取り込んでください。",
                                "Check the id, or import the list of communities first."))
                : CellParser.Parsed.wrong(
                        "ambiguous-community",
                        BilingualText.of("一つに決まる避難所番号", "An id that only one community has"),
                        BilingualText.of(
                                "同じ番号が複数の一覧にあります。この要請の送り元と同じ名前の送り元で取り込んでください。",
                                "Several lists use this id. Import the needs under the source of their list."));
    }
}
