package jp.musubi.place.paper;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.common.paper.PaperFonts.Faces;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.HubState;
import jp.musubi.place.geo.CoastFile;
import jp.musubi.place.geo.CoverageInk;
import jp.musubi.place.geo.HubSigns;
import jp.musubi.place.geo.MapFeatures;
import jp.musubi.place.geo.MapFonts;
import jp.musubi.place.geo.Mark;
import jp.musubi.place.geo.Sheet;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.SituationMap;
import jp.musubi.response.Response;
import org.springframework.context.MessageSource;

/** The pages of a situation map, laid out once: the map with its legend, then the list. Lengths are points. */
final class SituationPages {

    static final double SHORT_SIDE = 595.276;
    static final double LONG_SIDE = 841.89;

    private static final double MARGIN = 24;
    private static final double LEGEND = 152;
    private static final double GAP = 9;
    private static final double HEADER = 50;
    private static final double FOOTER = 25;
    private static final Color LINE = new Color(0x9aa0a6);
    private static final Color BAND = new Color(0xf1f3f5);

    private final SituationNow now;
    private final MapArea area;
    private final Response response;
    private final Instant dataTime;
    private final Instant made;
    private final Locale locale;
    private final MessageSource texts;
    private final Faces faces;
    private final MapFeatures features;
    private final double width;
    private final double height;
    private final SituationMap map;
    private final SituationList list;

    /**
     * @param dataTime in the response's time
     * @param made in real time
     */
    record Frame(Response response, Instant dataTime, Instant made, Locale locale, boolean landscape) {}

    SituationPages(
            SituationNow now, MapArea area, Frame frame, MessageSource texts, Faces faces, MapFeatures features) {
        this.now = now;
        this.area = area;
        this.response = frame.response();
        this.dataTime = frame.dataTime();
        this.made = frame.made();
        this.locale = frame.locale();
        this.texts = texts;
        this.faces = faces;
        this.features = features;
        this.width = frame.landscape() ? LONG_SIDE : SHORT_SIDE;
        this.height = frame.landscape() ? SHORT_SIDE : LONG_SIDE;
        Rectangle2D mapFrame = new Rectangle2D.Double(
                MARGIN, MARGIN + HEADER, width - 2 * MARGIN - LEGEND - GAP, height - 2 * MARGIN - HEADER - FOOTER);
        this.map = SituationMap.layOut(
                now.map(), area.bounds(), mapFrame, new MapFonts(faces.regular(), faces.bold()), features);
        this.list = new SituationList(now, map, texts, locale);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    SituationMap map() {
        return map;
    }

    /** The map's page and the list's. */
    int count() {
        return 1 + list.pages(listHeight());
    }

    private double listHeight() {
        return height - 2 * MARGIN - HEADER - FOOTER;
    }

    /** @param page from 0 */
    void paint(Graphics2D graphics, int page) {
        Pen pen = new Pen(graphics, faces.regular(), faces.bold(), locale);
        paintHeader(pen);
        if (page == 0) {
            map.paint(graphics);
            paintEmpty(pen);
            paintLegend(pen);
        } else {
            list.paint(
                    pen, new Rectangle2D.Double(MARGIN, MARGIN + HEADER, width - 2 * MARGIN, listHeight()), page - 1);
        }
        paintFooter(pen, page);
    }

    // ---- header and footer

    private void paintHeader(Pen pen) {
        double right = width - MARGIN;
        double room = right - MARGIN;
        if (response.training()) {
            String mark = text("maps.training");
            Font font = pen.bold(15);
            double markWidth = Pen.width(mark, font) + 18;
            Rectangle2D box = new Rectangle2D.Double(right - markWidth, MARGIN, markWidth, 24);
            pen.box(box, Pen.INK);
            pen.centred(mark, box.getCenterX(), MARGIN + 17.5, font, Color.WHITE);
            room -= markWidth + 10;
        }
        String name = response.name(locale);
        Font title = Pen.fitting(pen.bold(17), 17, 9, name, room);
        pen.text(name, MARGIN, MARGIN + 17, title, Pen.INK);
        String what = text("maps.title") + "　" + area.name();
        pen.clipped(what, MARGIN, MARGIN + 37, right - MARGIN - 210, pen.bold(11.5), Pen.INK);
        String time = time(dataTime);
        Font timeFont = pen.bold(11.5);
        pen.right(time, right, MARGIN + 37, timeFont, Pen.INK);
        pen.right(
                text("maps.data-time") + "  ",
                right - Pen.width(time, timeFont),
                MARGIN + 37,
                pen.regular(8.5),
                Pen.QUIET);
        pen.line(MARGIN, MARGIN + HEADER - 7, right, MARGIN + HEADER - 7, 1, Pen.INK);
    }

    private void paintFooter(Pen pen, int page) {
        double right = width - MARGIN;
        double y = height - MARGIN - FOOTER + 11;
        Font small = pen.regular(5.8);
        String pages = text("maps.page", page + 1, count());
        String restricted = text("maps.restricted");
        String printed = text("maps.printed") + " " + time(made);
        double aside = Math.max(Pen.width(printed, small), 90) + 12;
        pen.paragraph(text("maps.sources"), MARGIN, y, right - MARGIN - aside, 7.6, small, Pen.QUIET);
        pen.right(restricted + "　" + pages, right, y, pen.bold(7), Pen.INK);
        pen.right(printed, right, y + 8.6, small, Pen.QUIET);
        if (response.training()) {
            pen.right(text("maps.training-long"), right, y + 16.4, pen.bold(5.8), Pen.INK);
        }
    }

    private void paintEmpty(Pen pen) {
        if (map.shown().isEmpty()) {
            Rectangle2D frame = map.sheet().frame();
            Font font = pen.bold(9);
            String empty = text("maps.empty");
            double boxWidth = Math.min(frame.getWidth() - 20, Pen.width(empty, font) + 20);
            List<String> lines = pen.lines(empty, boxWidth - 20, font);
            Rectangle2D box = new Rectangle2D.Double(
                    frame.getCenterX() - boxWidth / 2, frame.getMinY() + 20, boxWidth, 14 + 13 * lines.size());
            pen.box(box, Color.WHITE);
            pen.frame(box, 0.8, Pen.INK);
            for (int i = 0; i < lines.size(); i++) {
                pen.centred(lines.get(i), box.getCenterX(), box.getMinY() + 17 + 13 * i, font, Pen.INK);
            }
        }
    }

    // ---- legend

    private void paintLegend(Pen pen) {
        double left = width - MARGIN - LEGEND;
        double y = MARGIN + HEADER;
        y = coverageLegend(pen, left, y);
        y = kindsLegend(pen, left, y + 8);
        y = hubsLegend(pen, left, y + 8);
        y = notShown(pen, left, y + 8);
        double bottom = height - MARGIN - FOOTER;
        double scaleTop = bottom - 62;
        if (!area.whole() && scaleTop - y > 70) {
            double side = Math.min(scaleTop - y - 22, 150);
            pen.text(text("maps.locator"), left, y + 16, pen.bold(7.5), Pen.INK);
            features.paintLocator(
                    pen.graphics(),
                    new Rectangle2D.Double(left, y + 21, Math.min(LEGEND, side * 0.75), side),
                    response.bounds(),
                    map.sheet().bounds());
        }
        scaleBar(pen, left, scaleTop);
    }

    private double heading(Pen pen, String key, double left, double y) {
        pen.box(new Rectangle2D.Double(left, y, LEGEND, 13), BAND);
        String words = text(key);
        pen.text(words, left + 4, y + 9.6, Pen.fitting(pen.bold(8), 8, 6, words, LEGEND - 8), Pen.INK);
        return y + 13;
    }

    private double coverageLegend(Pen pen, double left, double top) {
        double y = heading(pen, "maps.coverage", left, top);
        double noteEnd = pen.paragraph(
                text("maps.coverage-note"), left + 4, y + 8, LEGEND - 8, 7.6, pen.regular(6.2), Pen.QUIET);
        y = noteEnd + 2;
        double placesRight = left + LEGEND - 46;
        double peopleRight = left + LEGEND - 2;
        pen.right(text("maps.places"), placesRight, y, pen.regular(6.2), Pen.QUIET);
        pen.right(text("maps.people"), peopleRight, y, pen.regular(6.2), Pen.QUIET);
        y += 4;
        CoverageScale scale = CoverageScale.shipped();
        double lower = 0;
        for (CoverageScale.Step step : scale.steps()) {
            String label = lower == 0
                    ? text("maps.coverage.below", percent(step.below()))
                    : step.below() > 1
                            ? text("maps.coverage.from", percent(lower))
                            : text("maps.coverage.between", percent(lower), percent(step.below()));
            coverageRow(pen, step, label, left, y, placesRight, peopleRight);
            lower = step.below();
            y += 13.5;
        }
        coverageRow(pen, scale.unknown(), text("maps.coverage.unknown"), left, y, placesRight, peopleRight);
        y += 13.5;
        pen.line(left, y, left + LEGEND, y, 0.5, LINE);
        y += 8.5;
        pen.text(text("maps.total"), left + 28, y, pen.bold(7.5), Pen.INK);
        pen.right(number(map.shown().size()), placesRight, y, pen.bold(7.5), Pen.INK);
        pen.right(number(people(map.shown())), peopleRight, y, pen.bold(7.5), Pen.INK);
        return y + 2;
    }

    private void coverageRow(
            Pen pen,
            CoverageScale.Step step,
            String label,
            double left,
            double y,
            double placesRight,
            double peopleRight) {
        Rectangle2D swatch = new Rectangle2D.Double(left + 1, y, 22, 10.5);
        CoverageInk.swatch(pen.graphics(), swatch, step);
        pen.frame(swatch, 0.7, Pen.INK);
        List<Community> in = map.shown().stream()
                .filter(community ->
                        CoverageScale.shipped().of(community.covered()).equals(step))
                .toList();
        Font labelFont = Pen.fitting(pen.regular(7.5), 7.5, 5.5, label, placesRight - left - 28 - 20);
        pen.text(label, left + 28, y + 8, labelFont, Pen.INK);
        pen.right(number(in.size()), placesRight, y + 8, pen.regular(7.5), Pen.INK);
        pen.right(number(people(in)), peopleRight, y + 8, pen.regular(7.5), Pen.INK);
    }

    private double kindsLegend(Pen pen, double left, double top) {
        double y = heading(pen, "maps.kinds", left, top) + 9;
        for (CommunityKind kind : CommunityKind.values()) {
            Mark mark = Mark.of(kind);
            CoverageInk.mark(
                    pen.graphics(),
                    mark,
                    new Point2D.Double(left + 11, y),
                    4.2,
                    CoverageScale.shipped().of(OptionalDouble.of(0.9)),
                    false,
                    false);
            long count = map.shown().stream()
                    .filter(community -> community.mark() == mark)
                    .count();
            pen.clipped(kind.label().in(locale), left + 23, y + 2.8, LEGEND - 50, pen.regular(7.5), Pen.INK);
            pen.right(number(count), left + LEGEND - 2, y + 2.8, pen.regular(7.5), Pen.INK);
            y += 12;
        }
        if (map.symbols().stream().anyMatch(jp.musubi.place.geo.Symbol::isCluster)) {
            SituationMap.paintRing(
                    pen.graphics(),
                    new Point2D.Double(left + 11, y + 4),
                    8,
                    sample(),
                    new MapFonts(faces.regular(), faces.bold()));
            double under =
                    pen.paragraph(text("maps.sign.ring"), left + 23, y + 2.5, LEGEND - 25, 8, pen.regular(6.6), Pen.INK)
                            + 3;
            y = Math.max(under, y + 18);
        }
        y = Math.max(y, top);
        if (map.shown().stream().anyMatch(Community::estimate) && !map.joinsTowns()) {
            CoverageInk.mark(
                    pen.graphics(),
                    Mark.CIRCLE,
                    new Point2D.Double(left + 11, y),
                    4.2,
                    CoverageScale.shipped().of(OptionalDouble.of(0.6)),
                    true,
                    false);
            signText(pen, "maps.sign.estimate", left, y);
            y += 12;
        }
        if (map.shown().stream().anyMatch(Community::stale) && !map.joinsTowns()) {
            CoverageInk.mark(
                    pen.graphics(),
                    Mark.CIRCLE,
                    new Point2D.Double(left + 11, y),
                    4.2,
                    CoverageScale.shipped().of(OptionalDouble.of(0.3)),
                    false,
                    true);
            signText(pen, "maps.sign.stale", left, y);
            y += 12;
        }
        if (!map.joinsTowns() && !map.shown().isEmpty()) {
            pen.centred("12", left + 11, y + 2.6, pen.bold(6.5), Pen.INK);
            signText(pen, "maps.sign.number", left, y);
            y += 12;
        }
        return y - 5;
    }

    private void signText(Pen pen, String key, double left, double y) {
        String words = text(key);
        pen.text(words, left + 23, y + 2.6, Pen.fitting(pen.regular(6.8), 6.8, 5, words, LEGEND - 25), Pen.INK);
    }

    /** Four places for the legend's ring: they are on no map. */
    private static List<Community> sample() {
        List<Community> sample = new ArrayList<>();
        for (double covered : new double[] {0.1, 0.4, 0.7, 0.99}) {
            sample.add(new Community(
                    new CommunityId(sample.size() + 1),
                    "",
                    "",
                    Mark.CIRCLE,
                    java.util.Optional.empty(),
                    OptionalDouble.of(covered),
                    OptionalLong.empty(),
                    false,
                    false));
        }
        return sample;
    }

    private double hubsLegend(Pen pen, double left, double top) {
        List<Depot> hubs = now.map().hubs().stream()
                .filter(hub -> hub.at().filter(map.sheet()::shows).isPresent())
                .toList();
        if (hubs.isEmpty()) {
            return top - 8;
        }
        double y = heading(pen, "maps.hubs", left, top) + 9;
        int column = 0;
        for (HubState state : HubState.values()) {
            double x = left + column * LEGEND / 2;
            HubSigns.draw(pen.graphics(), x + 11, y, state);
            long count = hubs.stream().filter(hub -> hub.state() == state).count();
            pen.clipped(
                    state.label().in(locale) + " " + number(count),
                    x + 21,
                    y + 2.8,
                    LEGEND / 2 - 21,
                    pen.regular(7.5),
                    Pen.INK);
            column++;
            if (column == 2) {
                column = 0;
                y += 13;
            }
        }
        return y - 5;
    }

    private double notShown(Pen pen, double left, double top) {
        double y = heading(pen, "maps.not-shown", left, top) + 9;
        y = notShownRow(pen, "maps.no-position", community -> community.at().isEmpty(), left, y);
        return notShownRow(
                pen,
                "maps.outside",
                community -> community.at().isPresent()
                        && !map.sheet().shows(community.at().get()),
                left,
                y);
    }

    private double notShownRow(Pen pen, String key, Predicate<Community> which, double left, double y) {
        List<Community> missing = now.map().communities().stream().filter(which).toList();
        pen.text(text(key), left + 4, y, pen.regular(6.8), Pen.QUIET);
        if (missing.isEmpty()) {
            pen.right(text("maps.none"), left + LEGEND - 2, y, pen.regular(7.5), Pen.INK);
            return y + 10;
        }
        long unknown = missing.stream()
                .filter(community -> community.people().isEmpty())
                .count();
        String count = text("maps.count", number(missing.size()), number(people(missing)))
                + (unknown == 0 ? "" : text("maps.count.unknown-people", number(unknown)));
        Font countFont = Pen.fitting(pen.bold(7.5), 7.5, 5, count, LEGEND - 10);
        pen.text(count, left + 8, y + 9.5, countFont, Pen.INK);
        return y + 20;
    }

    // ---- scale and north

    private void scaleBar(Pen pen, double left, double top) {
        Sheet sheet = map.sheet();
        double metres = roundLength(sheet.metresPerPoint() * (LEGEND - 52));
        double length = metres / sheet.metresPerPoint();
        double y = top + 30;
        int parts = 4;
        for (int part = 0; part < parts; part++) {
            Rectangle2D piece = new Rectangle2D.Double(left + 4 + part * length / parts, y, length / parts, 4);
            pen.box(piece, part % 2 == 0 ? Pen.INK : Color.WHITE);
            pen.frame(piece, 0.5, Pen.INK);
        }
        Font font = pen.regular(6.8);
        pen.centred("0", left + 4, y - 2.5, font, Pen.INK);
        pen.centred(distance(metres / 2, false), left + 4 + length / 2, y - 2.5, font, Pen.INK);
        pen.centred(distance(metres, true), left + 4 + length, y - 2.5, font, Pen.INK);
        pen.text(text("maps.scale", number(Math.round(sheet.scale()))), left + 2, y + 14, pen.bold(7.5), Pen.INK);
        pen.paragraph(
                text(
                        "maps.projection",
                        sheet.zone().name(),
                        String.valueOf(sheet.zone().epsg())),
                left + 2,
                y + 23,
                LEGEND - 2,
                7,
                pen.regular(5.8),
                Pen.QUIET);
        northArrow(pen, left + LEGEND - 14, top + 22);
    }

    private void northArrow(Pen pen, double x, double y) {
        Graphics2D graphics = pen.graphics();
        AffineTransform turned = AffineTransform.getTranslateInstance(x, y);
        turned.rotate(map.sheet().trueNorth());
        Path2D dark = new Path2D.Double();
        dark.moveTo(0, -16);
        dark.lineTo(0, 8);
        dark.lineTo(-6, 13);
        dark.closePath();
        Path2D light = new Path2D.Double();
        light.moveTo(0, -16);
        light.lineTo(0, 8);
        light.lineTo(6, 13);
        light.closePath();
        Shape darkTurned = turned.createTransformedShape(dark);
        Shape lightTurned = turned.createTransformedShape(light);
        graphics.setColor(Pen.INK);
        graphics.fill(darkTurned);
        graphics.setColor(Color.WHITE);
        graphics.fill(lightTurned);
        graphics.setColor(Pen.INK);
        graphics.setStroke(new java.awt.BasicStroke(0.7f));
        graphics.draw(darkTurned);
        graphics.draw(lightTurned);
        Point2D letter = turned.transform(new Point2D.Double(0, -20), null);
        pen.centred(text("maps.north"), letter.getX(), letter.getY() + 2, pen.bold(8.5), Pen.INK);
    }

    /** The longest round length that has room. */
    static double roundLength(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double round : new double[] {8, 6, 5, 4, 3, 2}) {
            if (round * power <= most) {
                return round * power;
            }
        }
        return power;
    }

    private String distance(double metres, boolean unit) {
        boolean kilometres = metres >= 1000 || (!unit && metres * 2 >= 1000);
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(2);
        String value = format.format(kilometres ? metres / 1000 : metres);
        return unit ? value + (kilometres ? " km" : " m") : value;
    }

    // ---- words

    private String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale);
    }

    private String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    private static String percent(double share) {
        return String.valueOf(Math.round(share * 100));
    }

    private static long people(List<Community> communities) {
        return communities.stream()
                .mapToLong(community -> community.people().orElse(0))
                .sum();
    }

    private String time(Instant instant) {
        ZonedDateTime local = instant.atZone(response.zone());
        DateTimeFormatter format = locale.getLanguage().equals("en")
                ? DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH)
                : DateTimeFormatter.ofPattern("yyyy年M月d日(E) H:mm", Locale.JAPANESE);
        return format.format(local);
    }

    /** Who must be named under the map. */
    static String attribution() {
        return CoastFile.ATTRIBUTION;
    }
}
