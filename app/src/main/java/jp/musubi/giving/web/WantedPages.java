package jp.musubi.giving.web;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.giving.WantedList;
import jp.musubi.giving.store.WantedData;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.Plans;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.place.Prefecture;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.response.web.CurrentResponse;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** What to give now, what to stop sending and where money helps more: a page, and feeds for other people's sites. */
@Controller
@OpenToAll
class WantedPages {

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final CacheControl FEED_AGE = CacheControl.maxAge(KEPT_FOR);

    private final CurrentResponse response;
    private final Plans plans;
    private final WantedData data;
    private final Catalogue catalogue;
    private final MessageSource texts;
    private final PlanListing marks;
    private final Clock realTime;
    private final Map<ResponseId, Made> known = new ConcurrentHashMap<>();

    WantedPages(
            CurrentResponse response,
            Plans plans,
            WantedData data,
            PlanListing marks,
            Catalogue catalogue,
            MessageSource texts,
            Clock realTime) {
        this.response = response;
        this.plans = plans;
        this.data = data;
        this.marks = marks;
        this.realTime = realTime;
        this.catalogue = catalogue;
        this.texts = texts;
    }

    /** A list, and what it was made from. */
    private record Made(PlanId plan, PlanListing.Mark mark, Instant at, WantedList list) {}

    /** What a row of the list tells donors to do. */
    enum Advice {
        GIVE,
        STOP,
        MONEY_TO_BUY_NEARBY,
        MONEY_TO_CARRY
    }

    /**
     * One row of the list, for pages and feeds.
     *
     * @param item code of the catalogue
     * @param prefecture two digits; null = the whole affected area, or too few communities to name it
     * @param quantity base units of the item
     * @param unit code of the item's base unit
     * @param by the first deadline; null = any time
     * @param stillToCome of a row to stop: how much of the quantity is promised and not here yet
     */
    record Row(
            Advice advice,
            String item,
            String itemName,
            @Nullable String prefecture,
            @Nullable String prefectureName,
            long quantity,
            String unit,
            String quantityShown,
            @Nullable Instant by,
            @Nullable Long stillToCome) {}

    /**
     * The list with the plan it follows from.
     *
     * @param plan number of the plan; null = no plan was made yet
     */
    record Wanted(@Nullable Integer plan, @Nullable Instant asOf, List<Row> rows) {

        public List<Row> asks() {
            return rows.stream().filter(row -> row.advice() == Advice.GIVE).toList();
        }

        public List<Row> stops() {
            return rows.stream().filter(row -> row.advice() == Advice.STOP).toList();
        }

        public List<Row> money() {
            return rows.stream()
                    .filter(row -> row.advice() == Advice.MONEY_TO_BUY_NEARBY || row.advice() == Advice.MONEY_TO_CARRY)
                    .toList();
        }
    }

    @GetMapping("/wanted")
    String show(Model model, Locale locale) {
        model.addAttribute("wanted", read(locale));
        return "wanted";
    }

    @GetMapping(path = "/api/v1/wanted", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<Wanted> json(Locale locale) {
        return ResponseEntity.ok().cacheControl(FEED_AGE).body(read(locale));
    }

    /** With a row of HXL hashtags below the header, so that humanitarian tools read it too. */
    @GetMapping("/exports/wanted.csv")
    ResponseEntity<byte[]> csv(Locale locale) throws IOException {
        StringWriter out = new StringWriter();
        out.write('\ufeff');
        try (CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            printer.printRecord(Stream.of(
                            "advice",
                            "item",
                            "itemName",
                            "prefecture",
                            "prefectureName",
                            "quantity",
                            "unit",
                            "by",
                            "stillToCome")
                    .map(column -> texts.getMessage("wanted.column." + column, null, locale))
                    .toList());
            printer.printRecord(
                    "#status",
                    "#item+code",
                    "#item+name",
                    "#adm1+code",
                    "#adm1+name",
                    "#indicator+quantity+num",
                    "#indicator+unit",
                    "#date+due",
                    "#indicator+promised+num");
            for (Row row : read(locale).rows()) {
                printer.printRecord(Arrays.asList(
                        row.advice().name(),
                        row.item(),
                        row.itemName(),
                        row.prefecture(),
                        row.prefectureName(),
                        row.quantity(),
                        row.unit(),
                        row.by(),
                        row.stillToCome()));
            }
        }
        return ResponseEntity.ok()
                .cacheControl(FEED_AGE)
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("wanted.csv")
                                .build()
                                .toString())
                .body(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Wanted read(Locale locale) {
        Response shown = response.get();
        Optional<PlanHead> newest = plans.findNewest(shown.id());
        if (newest.isEmpty()) {
            return new Wanted(null, null, List.of());
        }
        PlanHead plan = newest.get();
        WantedList list = list(shown.id(), plan);
        ItemCatalogue items = catalogue.current();
        List<Row> rows = new ArrayList<>();
        for (WantedList.Ask ask : list.asks()) {
            rows.add(row(
                    Advice.GIVE,
                    items,
                    ask.item(),
                    ask.prefecture(),
                    ask.quantity(),
                    ask.by().orElse(null),
                    null,
                    locale));
        }
        for (WantedList.Stop stop : list.stops()) {
            rows.add(row(
                    Advice.STOP,
                    items,
                    stop.item(),
                    Optional.empty(),
                    stop.quantity(),
                    null,
                    stop.stillToCome(),
                    locale));
        }
        for (WantedList.Money money : list.money()) {
            Advice advice =
                    money.use() == WantedList.Money.Use.BUY_NEARBY ? Advice.MONEY_TO_BUY_NEARBY : Advice.MONEY_TO_CARRY;
            rows.add(row(advice, items, money.item(), money.prefecture(), money.quantity(), null, null, locale));
        }
        return new Wanted(plan.number(), plan.asOf(), rows);
    }

    /** Everybody may ask, so the sums are made once for as long as a feed may be kept, unless a plan or promises change. */
    private WantedList list(ResponseId shown, PlanHead plan) {
        PlanListing.Mark mark = marks.mark(plan.id());
        Instant now = realTime.instant();
        Made made = known.get(shown);
        if (made == null
                || !made.plan().equals(plan.id())
                || !made.mark().equals(mark)
                || made.at().plus(KEPT_FOR).isBefore(now)) {
            made = new Made(
                    plan.id(),
                    mark,
                    now,
                    WantedList.of(
                            plan.asOf(), plan.equity(), data.listLacks(plan.id()), data.listLeft(shown, plan.id())));
            known.put(shown, made);
        }
        return made.list();
    }

    private static Row row(
            Advice advice,
            ItemCatalogue items,
            ItemId id,
            Optional<String> prefecture,
            long quantity,
            @Nullable Instant by,
            @Nullable Long stillToCome,
            Locale locale) {
        Item item = items.getById(id);
        return new Row(
                advice,
                item.code().value(),
                item.name(locale),
                prefecture.orElse(null),
                prefecture
                        .map(Prefecture::ofCode)
                        .map(found -> found.name(locale))
                        .orElse(null),
                quantity,
                item.base().code(),
                item.show(new Quantity(quantity), locale),
                by,
                stillToCome);
    }
}
