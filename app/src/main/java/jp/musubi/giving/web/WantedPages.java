package jp.musubi.giving.web;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import jp.musubi.matching.store.PlanLimits;
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

    private static final int MOST_LIMITS = 200;

    /** What a row of the feed says of a hub, in the place of an advice. */
    private static final String FULL_HUB = "HUB_IS_FULL";

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final CacheControl FEED_AGE = CacheControl.maxAge(KEPT_FOR);

    private final CurrentResponse response;
    private final Plans plans;
    private final WantedData data;
    private final Catalogue catalogue;
    private final MessageSource texts;
    private final PlanListing marks;
    private final PlanLimits limits;
    private final Clock realTime;
    private final Map<ResponseId, Made> known = new ConcurrentHashMap<>();

    WantedPages(
            CurrentResponse response,
            Plans plans,
            WantedData data,
            PlanListing marks,
            PlanLimits limits,
            Catalogue catalogue,
            MessageSource texts,
            Clock realTime) {
        this.response = response;
        this.plans = plans;
        this.data = data;
        this.marks = marks;
        this.limits = limits;
        this.realTime = realTime;
        this.catalogue = catalogue;
        this.texts = texts;
    }

    /** A list, and what it was made from. */
    private record Made(PlanId plan, PlanListing.Mark mark, Instant at, WantedList list, List<PlanLimits.Load> loads) {}

    /** What a row of the list tells donors to do. */
    enum Advice {
        GIVE,
        STOP,
        MONEY_TO_BUY_NEARBY,
        MONEY_TO_CARRY,
        MONEY_TO_PASS_ON;

        boolean isMoney() {
            return this == MONEY_TO_BUY_NEARBY || this == MONEY_TO_CARRY || this == MONEY_TO_PASS_ON;
        }

        static Advice of(WantedList.Money.Use use) {
            return switch (use) {
                case BUY_NEARBY -> MONEY_TO_BUY_NEARBY;
                case CARRY -> MONEY_TO_CARRY;
                case PASS_ON -> MONEY_TO_PASS_ON;
            };
        }
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
     * @param alsoPrefectures of a row to give: prefectures that have enough, but where more frees what goes there for others
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
            @Nullable Long stillToCome,
            List<String> alsoPrefectures,
            List<String> alsoPrefectureNames) {}

    /**
     * A hub that can pass on no more: what is sent there waits.
     *
     * @param prefecture two digits
     * @param percentUsed of what it can pass on in the plan
     */
    record FullHub(String hub, String prefecture, String prefectureName, long percentUsed) {}

    /**
     * The list with the plan it follows from.
     *
     * @param plan number of the plan; null = no plan was made yet
     */
    record Wanted(@Nullable Integer plan, @Nullable Instant asOf, List<Row> rows, List<FullHub> fullHubs) {

        public List<Row> asks() {
            return rows.stream().filter(row -> row.advice() == Advice.GIVE).toList();
        }

        public List<Row> stops() {
            return rows.stream().filter(row -> row.advice() == Advice.STOP).toList();
        }

        public List<Row> money() {
            return rows.stream().filter(row -> row.advice().isMoney()).toList();
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
                            "stillToCome",
                            "alsoPrefectures",
                            "hub")
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
                    "#indicator+promised+num",
                    "#adm1+code+list",
                    "#loc+hub+name");
            Wanted wanted = read(locale);
            for (Row row : wanted.rows()) {
                printer.printRecord(Arrays.asList(
                        row.advice().name(),
                        row.item(),
                        row.itemName(),
                        row.prefecture(),
                        row.prefectureName(),
                        row.quantity(),
                        row.unit(),
                        row.by(),
                        row.stillToCome(),
                        String.join(" ", row.alsoPrefectures()),
                        null));
            }
            for (FullHub hub : wanted.fullHubs()) {
                printer.printRecord(Arrays.asList(
                        FULL_HUB,
                        null,
                        null,
                        hub.prefecture(),
                        hub.prefectureName(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        hub.hub()));
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
            return new Wanted(null, null, List.of(), List.of());
        }
        PlanHead plan = newest.get();
        Made made = made(shown.id(), plan);
        WantedList list = made.list();
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
                    ask.alsoIn(),
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
                    List.of(),
                    locale));
        }
        for (WantedList.Money money : list.money()) {
            rows.add(row(
                    Advice.of(money.use()),
                    items,
                    money.item(),
                    money.prefecture(),
                    money.quantity(),
                    null,
                    null,
                    List.of(),
                    locale));
        }
        return new Wanted(plan.number(), plan.asOf(), rows, fullHubs(made.loads(), locale));
    }

    /** Hubs that are short of something whatever leaves them, each once, as full as they are of what they are fullest of. */
    private static List<FullHub> fullHubs(List<PlanLimits.Load> loads, Locale locale) {
        Map<Long, FullHub> hubs = new LinkedHashMap<>();
        for (PlanLimits.Load load : loads) {
            if (load.isShort() && load.municipality().isEmpty()) {
                FullHub full = new FullHub(
                        load.hubName().in(locale),
                        load.hubPrefecture(),
                        Prefecture.ofCode(load.hubPrefecture()).name(locale),
                        Math.round(100 * load.share()));
                hubs.merge(load.hub(), full, (one, other) -> one.percentUsed() >= other.percentUsed() ? one : other);
            }
        }
        return List.copyOf(hubs.values());
    }

    /** Everybody may ask, so the sums are made once for as long as a feed may be kept, unless a plan or promises change. */
    private Made made(ResponseId shown, PlanHead plan) {
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
                            plan.asOf(),
                            plan.equity(),
                            data.listLacks(plan.id()),
                            data.listLeft(shown, plan.id()),
                            data.listPrices(plan.id())),
                    limits.listLoads(plan.id(), MOST_LIMITS));
            known.put(shown, made);
        }
        return made;
    }

    private static Row row(
            Advice advice,
            ItemCatalogue items,
            ItemId id,
            Optional<String> prefecture,
            long quantity,
            @Nullable Instant by,
            @Nullable Long stillToCome,
            List<String> alsoIn,
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
                stillToCome,
                alsoIn,
                alsoIn.stream()
                        .map(code -> Prefecture.ofCode(code).name(locale))
                        .toList());
    }
}
