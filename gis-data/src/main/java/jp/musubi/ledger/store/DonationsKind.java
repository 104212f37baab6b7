package jp.musubi.ledger.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.common.BilingualText;
import jp.musubi.common.Quantity;
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
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonationRow;
import jp.musubi.ledger.DonationRows;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.FileLine;
import jp.musubi.ledger.LineOutcome;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.place.HubId;
import jp.musubi.place.Municipalities;
import jp.musubi.place.PlaceCells;
import jp.musubi.place.PositionCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of gifts, and of stock as it lies in hubs: both say what there is, where and until when. */
@Component
class DonationsKind implements ImportKind<DonationRow>, RowStore<DonationRow> {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final Municipalities municipalities;
    private final PositionCheck check;
    private final Stock stock;
    private final Donors donors;
    private final ChangeLog changes;

    DonationsKind(
            JdbcClient jdbc,
            Catalogue catalogue,
            Municipalities municipalities,
            PositionCheck check,
            Stock stock,
            Donors donors,
            ChangeLog changes) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.municipalities = municipalities;
        this.check = check;
        this.stock = stock;
        this.donors = donors;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "donations";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("支援物資・在庫", "Donations and stock");
    }

    @Override
    public List<Column> columns() {
        return DonationRows.COLUMNS;
    }

    @Override
    public Optional<String> externalId(Row row) {
        return DonationRows.externalId(row);
    }

    @Override
    public RowInterpreter<DonationRow> interpreter(ImportContext context) {
        return new Reading(context);
    }

    @Override
    public RowStore<DonationRow> store() {
        return this;
    }

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<DonationRow>> rows) {
        Map<String, DonorId> donorIds = donors.idsOf(
                context.responseId(),
                rows.stream()
                        .flatMap(row -> row.value().donor().stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        List<Registration> lines =
                rows.stream().map(row -> registration(context, row, donorIds)).toList();
        List<LineOutcome> outcomes = stock.applyLines(context.responseId(), context.actor(), context.now(), lines);
        int created = 0;
        int unchanged = 0;
        List<Change> corrections = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            LineOutcome outcome = outcomes.get(i);
            if (outcome instanceof LineOutcome.Created) {
                created++;
            } else if (outcome instanceof LineOutcome.Unchanged) {
                unchanged++;
            } else if (outcome instanceof LineOutcome.Corrected corrected) {
                corrections.add(change(context, corrected, lines.get(i)));
            } else if (outcome instanceof LineOutcome.Refused why) {
                refused.add(new Refused(rows.get(i).row(), problems(rows.get(i).row(), why)));
            }
        }
        changes.recordAll(corrections);
        return new Applied(created, unchanged, corrections.size(), refused);
    }

    private static Registration registration(
            ImportContext context, ImportedRow<DonationRow> row, Map<String, DonorId> donorIds) {
        DonationRow gift = row.value();
        return new Registration(
                Optional.of(new DonationLine(context.source(), row.externalId())),
                gift.item().id(),
                Substance.of(gift.item().group()),
                gift.donor()
                        .map(name -> donorIds.getOrDefault(name, DonorId.UNNAMED))
                        .orElse(DonorId.UNNAMED),
                gift.quantity(),
                gift.terms(),
                Optional.of(new FileLine(context.feed(), row.row().sheet().orElse(""), row.line())),
                context.isDerived());
    }

    private static Change change(ImportContext context, LineOutcome.Corrected corrected, Registration line) {
        return new Change(
                Optional.of(context.responseId()),
                "donation",
                corrected.before().newest().line().value(),
                "correct",
                Optional.of(json(
                        corrected.before().newest().item().value(),
                        corrected.before().newest().donor(),
                        corrected.before().declared(),
                        corrected.before().newest().terms())),
                Optional.of(json(line.item().value(), line.donor(), line.quantity(), line.terms())),
                context.actor(),
                Optional.empty(),
                context.receivedAt());
    }

    private static String json(long item, DonorId donor, Quantity quantity, LotTerms terms) {
        return "{\"item\":" + item + ",\"donor\":" + donor.value() + ",\"quantity\":" + quantity.baseUnits()
                + ",\"hub\":"
                + terms.hub().map(hub -> String.valueOf(hub.value())).orElse("null")
                + ",\"lat\":"
                + terms.position().map(at -> String.valueOf(at.latitude())).orElse("null") + ",\"lon\":"
                + terms.position().map(at -> String.valueOf(at.longitude())).orElse("null") + ",\"availableFrom\":"
                + terms.availableFrom().map(time -> "\"" + time + "\"").orElse("null") + ",\"expiresAt\":"
                + terms.expiresAt().map(time -> "\"" + time + "\"").orElse("null") + ",\"packSize\":"
                + terms.packSize().map(size -> String.valueOf(size.baseUnits())).orElse("null") + ",\"coldChain\":"
                + terms.coldChain() + "}";
    }

    private static List<RowProblem> problems(Row row, LineOutcome.Refused refused) {
        return refused.reasons().stream()
                .map(reason -> new RowProblem(
                        reason.code(),
                        row.place("quantity"),
                        row.text("quantity").orElse(""),
                        reason.message(),
                        BilingualText.of(
                                "引き当てを取り消してから、もう一度取り込んでください。",
                                "Take the promises back first, then import the row again.")))
                .toList();
    }

    /** Looks up the hubs of a chunk in one query. */
    private final class Reading implements RowInterpreter<DonationRow> {

        private final ImportContext context;
        private final PlaceCells places;
        private final Map<String, List<HubId>> hubs = new HashMap<>();
        private ItemCatalogue items = catalogue.current();

        private record Known(String externalId, String source, HubId id) {}

        Reading(ImportContext context) {
            this.context = context;
            places = new PlaceCells(municipalities.directory(), check);
        }

        @Override
        public void preheat(List<Row> chunk) {
            items = catalogue.current();
            Set<String> ids = chunk.stream()
                    .flatMap(row -> row.text("hub_id").stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            hubs.clear();
            if (ids.isEmpty()) {
                return;
            }
            Map<String, List<Known>> known = jdbc
                    .sql("""
                            SELECT external_id, source, id FROM hub
                             WHERE response_id = :response AND external_id IN (:ids) ORDER BY id""")
                    .param("response", context.responseId().value())
                    .param("ids", ids)
                    .query((row, n) -> new Known(row.getString(1), row.getString(2), new HubId(row.getLong(3))))
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(Known::externalId));
            known.forEach((id, candidates) -> {
                // The sender's own list comes first; the same id in another list may be another hub.
                List<HubId> own = candidates.stream()
                        .filter(candidate -> candidate.source().equals(context.source()))
                        .map(Known::id)
                        .toList();
                hubs.put(id, own.isEmpty() ? candidates.stream().map(Known::id).toList() : own);
            });
        }

        @Override
        public Interpretation<DonationRow> interpret(Row row) {
            return DonationRows.interpret(row, items, places, id -> hubs.getOrDefault(id, List.of()));
        }
    }
}
