package jp.musubi.trace.web;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.Prefecture;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.trace.PublicFigures;
import jp.musubi.trace.PublicFigures.GoodsLine;
import jp.musubi.trace.PublicFigures.Level;
import jp.musubi.trace.PublicFigures.PlaceLine;
import jp.musubi.trace.geo.PublicOutline;
import jp.musubi.trace.store.UnitNames;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What anybody may see without signing in: where help went. */
@Controller
@OpenToAll
class PublicPages {

    private final CurrentResponse response;
    private final Responses responses;
    private final PublicReleases releases;
    private final Municipalities municipalities;
    private final UnitNames units;
    private final MessageSource texts;

    PublicPages(
            CurrentResponse response,
            Responses responses,
            PublicReleases releases,
            Municipalities municipalities,
            UnitNames units,
            MessageSource texts) {
        this.response = response;
        this.responses = responses;
        this.releases = releases;
        this.municipalities = municipalities;
        this.units = units;
        this.texts = texts;
    }

    /** Goods in the reader's words. */
    record GoodsView(
            String group,
            String unit,
            OptionalLong given,
            OptionalLong sent,
            OptionalLong received,
            OptionalLong needed) {}

    /**
     * A place in the reader's words.
     *
     * @param band class of the coverage scale, {@code cx} where no share is published
     * @param percent null where no share is published
     */
    record PlaceView(
            Level level,
            String code,
            String name,
            OptionalLong met,
            OptionalLong lacking,
            String band,
            @Nullable Integer percent) {}

    /** A municipality on the picture, in the picture's units. */
    record Mark(double x, double y, double radius, String band, String label) {}

    @GetMapping("/")
    String show(Model model, Locale locale) {
        model.addAttribute("responses", responses.listResponses());
        if (response.find().isEmpty()) {
            return "public";
        }
        Response shown = response.get();
        PublicReleases.Release release = releases.current(shown);
        List<PlaceView> places = places(release.figures(), locale);
        PublicReleases.Outline outline = releases.outline(shown.bounds());
        model.addAttribute("release", release);
        model.addAttribute("goods", goods(release.figures(), locale));
        model.addAttribute("places", places);
        model.addAttribute("outline", outline);
        model.addAttribute("marks", marks(places, outline.picture()));
        model.addAttribute("limit", PublicReleases.RULE.limit());
        return "public";
    }

    @GetMapping(path = "/exports/public-goods.csv")
    ResponseEntity<byte[]> goodsCsv(Locale locale) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                text("public.goods.group", locale),
                text("public.goods.unit", locale),
                text("public.given", locale),
                text("public.sent", locale),
                text("public.received", locale),
                text("public.needed", locale)));
        for (GoodsView line : goods(releases.current(response.get()).figures(), locale)) {
            rows.add(List.of(
                    line.group(),
                    line.unit(),
                    cell(line.given(), locale),
                    cell(line.sent(), locale),
                    cell(line.received(), locale),
                    cell(line.needed(), locale)));
        }
        return csv("public-goods.csv", rows);
    }

    @GetMapping(path = "/exports/public-places.csv")
    ResponseEntity<byte[]> placesCsv(Locale locale) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                text("public.place.code", locale),
                text("public.place.name", locale),
                text("public.place.met", locale),
                text("public.place.lacking", locale),
                text("public.place.share", locale)));
        for (PlaceView line : places(releases.current(response.get()).figures(), locale)) {
            rows.add(List.of(
                    line.code(),
                    line.name(),
                    cell(line.met(), locale),
                    cell(line.lacking(), locale),
                    line.percent() == null ? "" : line.percent() + "%"));
        }
        return csv("public-places.csv", rows);
    }

    private List<GoodsView> goods(PublicFigures figures, Locale locale) {
        Map<String, String> names = units.names(locale);
        List<GoodsView> views = new ArrayList<>();
        for (GoodsLine line : figures.goods()) {
            ItemGroup group = line.group();
            views.add(new GoodsView(
                    group.name(locale),
                    names.getOrDefault(line.unit(), line.unit()),
                    line.given(),
                    line.sent(),
                    line.received(),
                    line.needed()));
        }
        return views;
    }

    private List<PlaceView> places(PublicFigures figures, Locale locale) {
        MunicipalityDirectory directory = municipalities.directory();
        List<PlaceView> views = new ArrayList<>();
        for (PlaceLine line : figures.places()) {
            @Nullable
            Integer percent = line.share().isPresent() ? percent(line.share().getAsDouble()) : null;
            views.add(new PlaceView(
                    line.level(),
                    line.code(),
                    name(line, directory, locale),
                    line.met(),
                    line.lacking(),
                    line.share().isPresent() ? band(line.share().getAsDouble()) : "cx",
                    percent));
        }
        return views;
    }

    private String name(PlaceLine line, MunicipalityDirectory directory, Locale locale) {
        return switch (line.level()) {
            case WHOLE -> text("public.place.whole", locale);
            case PREFECTURE -> {
                Map<String, Prefecture> byCode = new TreeMap<>();
                for (Prefecture prefecture : Prefecture.values()) {
                    byCode.put(prefecture.code(), prefecture);
                }
                Prefecture prefecture = byCode.get(line.code());
                yield prefecture == null
                        ? line.code()
                        : locale.getLanguage().equals("en") ? prefecture.en() : prefecture.ja();
            }
            case MUNICIPALITY ->
                directory
                        .findByCode(new MunicipalityCode(line.code()))
                        .map(municipality -> municipality.name(locale))
                        .orElse(line.code());
        };
    }

    private List<Mark> marks(List<PlaceView> places, PublicOutline picture) {
        MunicipalityDirectory directory = municipalities.directory();
        List<Mark> marks = new ArrayList<>();
        for (PlaceView place : places) {
            if (place.level() != Level.MUNICIPALITY) {
                continue;
            }
            Municipality municipality =
                    directory.findByCode(new MunicipalityCode(place.code())).orElse(null);
            if (municipality == null || !picture.shows(municipality.point())) {
                continue;
            }
            long asked = place.met().orElse(0) + place.lacking().orElse(0);
            boolean published = place.met().isPresent() && place.lacking().isPresent();
            marks.add(new Mark(
                    picture.x(municipality.point()),
                    picture.y(municipality.point()),
                    published ? Math.min(18, 4 + Math.sqrt((double) asked) / 2) : 5,
                    place.band(),
                    place.percent() == null ? place.name() : place.name() + " " + place.percent() + "%"));
        }
        marks.sort(java.util.Comparator.comparingDouble(Mark::radius).reversed());
        return marks;
    }

    /** The one coverage scale: below 20, 50, 80, 95 per cent, and above. */
    static String band(double share) {
        return share < 0.2 ? "c0" : share < 0.5 ? "c1" : share < 0.8 ? "c2" : share < 0.95 ? "c3" : "c4";
    }

    /** Whole per cent, never rounded up to 100 or down to 0 while something is missing or there. */
    static int percent(double share) {
        int rounded = (int) Math.round(share * 100);
        return share < 1 && rounded == 100 ? 99 : share > 0 && rounded == 0 ? 1 : rounded;
    }

    private String cell(OptionalLong value, Locale locale) {
        return value.isPresent() ? String.valueOf(value.getAsLong()) : text("public.leftout", locale);
    }

    private String text(String code, Locale locale) {
        return texts.getMessage(code, null, locale);
    }

    private static ResponseEntity<byte[]> csv(String name, List<List<String>> rows) throws IOException {
        StringWriter out = new StringWriter();
        out.write('\ufeff');
        try (CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            for (List<String> row : rows) {
                printer.printRecord(row);
            }
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(out.toString().getBytes(StandardCharsets.UTF_8));
    }
}
