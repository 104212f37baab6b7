package jp.musubi.catalog.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.ExternalCode;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.catalog.ItemRows;
import jp.musubi.catalog.Unit;
import jp.musubi.catalog.store.JdbcCatalogue.Origin;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import org.springframework.stereotype.Component;

/** Files of items: new ones, and changes of known ones. All responses share the catalogue. */
@Component
class ItemsKind implements ImportKind<Item>, RowStore<Item> {

    /** New items stand behind those that ship. */
    private static final int BEHIND = 100_000;

    private final JdbcCatalogue catalogue;
    private final ChangeLog changes;
    private final Clock clock;

    ItemsKind(JdbcCatalogue catalogue, ChangeLog changes, Clock clock) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "items";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("品目", "Items");
    }

    @Override
    public List<Column> columns() {
        return ItemRows.COLUMNS;
    }

    @Override
    public Optional<String> externalId(Row row) {
        return ItemRows.externalId(row);
    }

    @Override
    public RowInterpreter<Item> interpreter(ImportContext context) {
        return new Reading(catalogue.current(), catalogue.units());
    }

    @Override
    public RowStore<Item> store() {
        return this;
    }

    private final class Reading implements RowInterpreter<Item> {

        private ItemCatalogue items;
        private Map<String, Unit> units;

        Reading(ItemCatalogue items, Map<String, Unit> units) {
            this.items = items;
            this.units = units;
        }

        @Override
        public void preheat(List<Row> chunk) {
            items = catalogue.current();
            units = catalogue.units();
        }

        @Override
        public Interpretation<Item> interpret(Row row) {
            return ItemRows.interpret(row, items, units);
        }
    }

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<Item>> rows) {
        int created = 0;
        int unchanged = 0;
        int corrected = 0;
        List<Refused> refused = new ArrayList<>();
        Instant recordedAt = clock.instant();
        for (ImportedRow<Item> row : rows) {
            ItemCatalogue items = catalogue.current();
            Optional<Item> known = items.findByCode(row.value().code());
            Optional<RowProblem> taken = takenCode(items, row);
            if (taken.isPresent()) {
                refused.add(new Refused(row.row(), List.of(taken.get())));
            } else if (known.isPresent() && known.get().equals(row.value())) {
                unchanged++;
            } else {
                ItemId id = catalogue.store(
                        row.value(),
                        Origin.IMPORT,
                        known.map(item -> items.listItems().indexOf(item)).orElse(BEHIND));
                changes.record(new Change(
                        Optional.empty(),
                        "item",
                        id.value(),
                        known.isPresent() ? "correct" : "create",
                        known.map(ItemsKind::json),
                        Optional.of(json(row.value())),
                        context.actor(),
                        Optional.of("feed " + context.feed().value()),
                        recordedAt));
                if (known.isPresent()) {
                    corrected++;
                } else {
                    created++;
                }
            }
        }
        return new Applied(created, unchanged, corrected, refused);
    }

    /** A code of another catalogue can name only one item. */
    private static Optional<RowProblem> takenCode(ItemCatalogue items, ImportedRow<Item> row) {
        for (ExternalCode code : row.value().codes()) {
            if (items.match(code.scheme() + ":" + code.code()) instanceof ItemMatch.Matched matched
                    && !matched.item().code().equals(row.value().code())) {
                Item other = matched.item();
                return Optional.of(new RowProblem(
                        "code-is-taken",
                        row.row().place(code.scheme().toLowerCase(Locale.ROOT)),
                        code.code(),
                        BilingualText.of("ほかの品目にないコード", "A code that no other item has"),
                        BilingualText.of(
                                "このコードは「" + other.ja() + "」（" + other.code() + "）のものです。",
                                "This code belongs to " + other.en() + " (" + other.code() + ").")));
            }
        }
        return Optional.empty();
    }

    private static String json(Item item) {
        return "{\"code\":\"" + item.code() + "\",\"ja\":" + quoted(item.ja()) + ",\"en\":" + quoted(item.en())
                + ",\"group\":\"" + item.group().code() + "\",\"names\":"
                + item.alsoCalled().size() + ",\"packs\":"
                + item.packs().size() + ",\"weightGrams\":"
                + (item.weightGrams().isPresent() ? item.weightGrams().getAsLong() : "null") + ",\"volumeCm3\":"
                + (item.volumeCubicCentimetres().isPresent()
                        ? item.volumeCubicCentimetres().getAsLong()
                        : "null")
                + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append(' ');
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
