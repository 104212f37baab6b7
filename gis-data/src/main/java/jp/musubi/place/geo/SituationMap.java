package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.place.Position;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.response.Bounds;

/**
 * A situation map laid out on paper: what is where, what was joined, which labels found room. Lay out once, then paint
 * on a page or a picture; both show the same.
 */
public final class SituationMap {

    /** At smaller scales than this, a municipality's communities are one counted symbol. */
    static final double WHOLE_TOWNS_FROM = 400_000;

    /** Between the outer frame and the map: letters and degrees. */
    private static final double BAND = 11;

    private static final double SQUARE = 78;
    private static final Color GRID = new Color(0xb9c4cb);
    private static final Color QUIET = new Color(0x555555);
    private static final Color PREFECTURE = new Color(0x8a8578);
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    /** In points: farther away nobody follows the line. */
    private static final double LONGEST_LEADER = 70;

    private final Rectangle2D outer;
    private final Sheet sheet;
    private final MapFonts fonts;
    private final MapFeatures features;
    private final List<Community> shown;
    private final List<Symbol> symbols;
    private final List<Depot> depots;
    private final Map<Depot, Point2D> depotPlaces = new LinkedHashMap<>();
    private final List<Town> dots;
    private final List<PlacedLabel> labels = new ArrayList<>();
    private final Map<Long, Integer> numbers = new LinkedHashMap<>();
    private final boolean wholeTowns;
    private final int columns;
    private final int rows;

    /**
     * A label where it found room.
     *
     * @param of where a line leads to what it names; empty if it stands beside it
     */
    public record PlacedLabel(String text, Rectangle2D box, Font font, Color colour, Optional<Point2D> of) {}

    private SituationMap(Rectangle2D outer, Sheet sheet, MapFonts fonts, MapFeatures features, Situation situation) {
        this.outer = outer;
        this.sheet = sheet;
        this.fonts = fonts;
        this.features = features;
        this.columns = (int) Math.max(2, Math.round(sheet.frame().getWidth() / SQUARE));
        this.rows = (int) Math.max(2, Math.round(sheet.frame().getHeight() / SQUARE));
        this.wholeTowns = sheet.scale() >= WHOLE_TOWNS_FROM;
        Map<String, Town> towns =
                situation.towns().stream().collect(Collectors.toMap(Town::code, town -> town, (a, b) -> a));
        this.shown = situation.communities().stream()
                .filter(community -> community.at().filter(sheet::shows).isPresent())
                .sorted(SymbolGroups.URGENT_FIRST)
                .toList();
        this.symbols = SymbolGroups.join(
                shown, sheet, community -> wholeTowns ? cityOf(community, towns) : (Object) community.id());
        this.depots = situation.hubs().stream()
                .filter(depot -> depot.at().filter(sheet::shows).isPresent())
                .toList();
        depots.forEach(depot ->
                depotPlaces.put(depot, besideSymbols(sheet.toPaper(depot.at().orElseThrow()))));
        if (!wholeTowns) {
            shown.forEach(community -> numbers.put(community.id().value(), numbers.size() + 1));
        }
        List<String> named = wholeTowns
                ? symbols.stream()
                        .flatMap(symbol -> symbol.members().stream())
                        .map(community -> cityOf(community, towns))
                        .distinct()
                        .toList()
                : List.of();
        this.dots = situation.towns().stream()
                .filter(town -> sheet.shows(town.at()))
                .filter(town -> !wholeTowns || town.code().equals(town.city()))
                .filter(town -> !named.contains(town.code()))
                .sorted(Comparator.comparingInt(Town::rank).thenComparing(Town::code))
                .toList();
        placeLabels(situation, towns);
    }

    /**
     * Lays out a map.
     *
     * @param area what must be seen
     * @param outer the map with its frame, in points
     */
    public static SituationMap layOut(
            Situation situation, Bounds area, Rectangle2D outer, MapFonts fonts, MapFeatures features) {
        Rectangle2D inner = new Rectangle2D.Double(
                outer.getX() + BAND, outer.getY() + BAND, outer.getWidth() - 2 * BAND, outer.getHeight() - 2 * BAND);
        Sheet sheet = Sheet.fit(PlaneZone.of(area), area, inner);
        return new SituationMap(outer, sheet, fonts, features, situation);
    }

    public Sheet sheet() {
        return sheet;
    }

    /** Communities inside the frame, the most urgent first. */
    public List<Community> shown() {
        return shown;
    }

    public List<Symbol> symbols() {
        return symbols;
    }

    public List<PlacedLabel> labels() {
        return List.copyOf(labels);
    }

    /** True if a municipality's communities are one symbol. */
    public boolean joinsTowns() {
        return wholeTowns;
    }

    /** The number beside a community on this map; empty on maps that join municipalities. */
    public Optional<Integer> numberOf(Community community) {
        return Optional.ofNullable(numbers.get(community.id().value()));
    }

    /** The square of the reference grid, e.g. C5. */
    public String squareOf(Position position) {
        Point2D at = sheet.toPaper(position);
        Rectangle2D frame = sheet.frame();
        int column = (int) Math.floor((at.getX() - frame.getX()) / frame.getWidth() * columns);
        int row = (int) Math.floor((at.getY() - frame.getY()) / frame.getHeight() * rows);
        return letter(Math.max(0, Math.min(columns - 1, column))) + (Math.max(0, Math.min(rows - 1, row)) + 1);
    }

    private static String letter(int column) {
        return String.valueOf((char) ('A' + column));
    }

    private static String cityOf(Community community, Map<String, Town> towns) {
        Town town = towns.get(community.town());
        return town == null ? community.town() : town.city();
    }

    // ---- labels

    private void placeLabels(Situation situation, Map<String, Town> towns) {
        LabelPlacer placer = new LabelPlacer(sheet.frame());
        for (Symbol symbol : symbols) {
            placer.block(around(symbol.at(), symbol.radius() * 0.92));
        }
        depotPlaces.values().forEach(at -> placer.block(around(at, HubSigns.SIZE / 2)));
        dots.forEach(town -> placer.block(around(sheet.toPaper(town.at()), 1.4)));
        if (wholeTowns) {
            Font font = fonts.bold(6.6);
            List<Symbol> crowded = symbols.stream()
                    .sorted(Comparator.comparing(Symbol::worst, SymbolGroups.URGENT_FIRST))
                    .filter(symbol -> !place(
                            placer, names(symbol, towns), symbol.at(), symbol.radius() + 1.2, font, CoverageInk.INK))
                    .toList();
            crowded.forEach(symbol -> placeApart(placer, names(symbol, towns), symbol, font));
        } else {
            Font font = fonts.bold(5.6);
            symbols.stream()
                    .filter(symbol -> !symbol.isCluster())
                    .sorted(Comparator.comparing(Symbol::worst, SymbolGroups.URGENT_FIRST))
                    .forEach(symbol -> place(
                            placer,
                            String.valueOf(numbers.get(symbol.worst().id().value())),
                            symbol.at(),
                            symbol.radius() + 0.8,
                            font,
                            CoverageInk.INK));
        }
        Font townFont = wholeTowns ? fonts.regular(5.8) : fonts.bold(8.5);
        Color townColour = wholeTowns ? QUIET : new Color(0x33312b);
        Consumer<Town> nameTown = town -> {
            Point2D at = sheet.toPaper(town.at());
            boolean beside = place(placer, town.name(), at, 2.2, townFont, townColour);
            if (!beside && !wholeTowns) {
                // among many symbols the name stands where there is room: it names the area, not the dot
                around(
                                placer,
                                at,
                                110,
                                townFont.getStringBounds(town.name(), EXACT).getWidth() + 0.6,
                                townFont.getSize2D() * 1.08)
                        .ifPresent(box ->
                                labels.add(new PlacedLabel(town.name(), box, townFont, townColour, Optional.empty())));
            }
        };
        dots.stream().filter(town -> town.rank() == 0).forEach(nameTown);
        Font hubFont = fonts.bold(5.6);
        for (Depot depot : depots) {
            place(placer, depot.name(), placeOf(depot), HubSigns.SIZE / 2 + 1.2, hubFont, MapStyles.HUB);
        }
        dots.stream().filter(town -> town.rank() != 0).forEach(nameTown);
        if (wholeTowns) {
            placePrefectures(situation, placer);
        }
    }

    private Point2D placeOf(Depot depot) {
        return Objects.requireNonNull(depotPlaces.get(depot));
    }

    /** A hub lies in a town, and so do the communities around it: it moves to the edge of their symbol, inland first. */
    private Point2D besideSymbols(Point2D hub) {
        for (double away = 0; away <= 40; away += 2) {
            for (int step = 0; step < (away == 0 ? 1 : 12); step++) {
                double angle = Math.PI + (step % 2 == 0 ? 1 : -1) * ((step + 1) / 2) * Math.PI / 6;
                Point2D at =
                        new Point2D.Double(hub.getX() + away * Math.cos(angle), hub.getY() + away * Math.sin(angle));
                boolean free = symbols.stream()
                                .allMatch(symbol -> symbol.at().distance(at) > symbol.radius() + HubSigns.SIZE * 0.55)
                        && depotPlaces.values().stream().allMatch(other -> other.distance(at) > HubSigns.SIZE);
                if (free && sheet.frame().contains(around(at, HubSigns.SIZE / 2))) {
                    return at;
                }
            }
        }
        return hub;
    }

    private void placePrefectures(Situation situation, LabelPlacer placer) {
        Map<String, List<Town>> byPrefecture = situation.towns().stream()
                .collect(Collectors.groupingBy(Town::prefecture, TreeMap::new, Collectors.toList()));
        Font font = fonts.bold(12);
        byPrefecture.forEach((name, members) -> {
            List<Point2D> inside = members.stream()
                    .map(town -> sheet.toPaper(town.at()))
                    .filter(sheet.frame()::contains)
                    .toList();
            if (inside.size() * 2 < members.size()) {
                return;
            }
            double x = inside.stream().mapToDouble(Point2D::getX).average().orElseThrow();
            double y = inside.stream().mapToDouble(Point2D::getY).average().orElseThrow();
            Rectangle2D size = font.getStringBounds(name, EXACT);
            around(placer, new Point2D.Double(x, y), 60, size.getWidth() + 2, size.getHeight() * 0.9)
                    .ifPresent(box -> labels.add(new PlacedLabel(name, box, font, PREFECTURE, Optional.empty())));
        });
    }

    /** The nearest free place around a point; empty if there is none within the reach. */
    private static Optional<Rectangle2D> around(
            LabelPlacer placer, Point2D middle, double reach, double width, double height) {
        for (double away = 0; away <= reach; away += 4) {
            int steps = away == 0 ? 1 : (int) Math.round(away * 1.5);
            for (int step = 0; step < steps; step++) {
                double angle = 2 * Math.PI * step / steps;
                Optional<Rectangle2D> box = placer.centre(
                        new Point2D.Double(
                                middle.getX() + away * Math.cos(angle), middle.getY() + away * Math.sin(angle)),
                        width,
                        height);
                if (box.isPresent()) {
                    return box;
                }
            }
        }
        return Optional.empty();
    }

    /** The municipality most of its members lie in, and how many others. */
    private static String names(Symbol symbol, Map<String, Town> towns) {
        Map<String, Long> count = symbol.members().stream()
                .collect(Collectors.groupingBy(
                        community -> cityOf(community, towns), LinkedHashMap::new, Collectors.counting()));
        String most = count.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Town town = towns.get(most);
        String name = town == null ? most : town.name();
        return count.size() == 1 ? name : name + " +" + (count.size() - 1);
    }

    private boolean place(LabelPlacer placer, String text, Point2D at, double gap, Font font, Color colour) {
        Rectangle2D size = font.getStringBounds(text, EXACT);
        Optional<Rectangle2D> box = placer.place(at, gap, size.getWidth() + 0.6, font.getSize2D() * 1.08);
        box.ifPresent(taken -> labels.add(new PlacedLabel(text, taken, font, colour, Optional.empty())));
        return box.isPresent();
    }

    /** Among many symbols a name stands where there is room, and a line leads to its symbol. */
    private void placeApart(LabelPlacer placer, String text, Symbol symbol, Font font) {
        double width = font.getStringBounds(text, EXACT).getWidth() + 0.6;
        around(placer, symbol.at(), LONGEST_LEADER, width, font.getSize2D() * 1.08)
                .ifPresent(box -> {
                    double x = Math.max(
                            box.getMinX(), Math.min(box.getMaxX(), symbol.at().getX()));
                    double y = Math.max(
                            box.getMinY(), Math.min(box.getMaxY(), symbol.at().getY()));
                    double away = symbol.at().distance(x, y);
                    Point2D edge = new Point2D.Double(
                            symbol.at().getX() + (x - symbol.at().getX()) * symbol.radius() / away,
                            symbol.at().getY() + (y - symbol.at().getY()) * symbol.radius() / away);
                    labels.add(new PlacedLabel(text, box, font, CoverageInk.INK, Optional.of(edge)));
                });
    }

    private static Rectangle2D around(Point2D at, double radius) {
        return new Rectangle2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius);
    }

    // ---- paint

    /** Draws the map and its frame. */
    public void paint(Graphics2D graphics) {
        Shape before = graphics.getClip();
        graphics.setColor(MapStyles.SEA);
        graphics.fill(sheet.frame());
        graphics.clip(sheet.frame());
        MapStyles styles = new MapStyles();
        StylePainter painter = new StylePainter(graphics, sheet);
        painter.paint(features.land(sheet), styles.land());
        paintGrid(graphics);
        painter.paint(features.towns(dots, sheet), styles.towns());
        List<Community> singles = symbols.stream()
                .filter(symbol -> !symbol.isCluster())
                .map(Symbol::worst)
                .sorted(SymbolGroups.URGENT_FIRST.reversed())
                .toList();
        Map<Long, Double> sizes = symbols.stream()
                .filter(symbol -> !symbol.isCluster())
                .collect(Collectors.toMap(symbol -> symbol.worst().id().value(), symbol -> 2 * symbol.radius()));
        painter.paint(features.communities(singles, sizes, sheet), styles.communities());
        symbols.stream().filter(Symbol::isCluster).forEach(symbol -> paintCluster(graphics, symbol));
        painter.paint(features.hubs(depots, this::placeOf, sheet), styles.hubs());
        depotPlaces.forEach((depot, at) -> HubSigns.sign(graphics, at.getX(), at.getY(), depot.state()));
        labels.forEach(label -> paintLeader(graphics, label));
        labels.forEach(label -> paintLabel(graphics, label));
        graphics.setClip(before);
        paintFrame(graphics);
    }

    /** A ring whose parts are the classes, from the top clockwise, the least covered first; inside how many. */
    private void paintCluster(Graphics2D graphics, Symbol symbol) {
        paintRing(graphics, symbol.at(), symbol.radius(), symbol.members(), fonts);
    }

    /** Draws a counted symbol, on the map as in its legend. */
    public static void paintRing(
            Graphics2D graphics, Point2D at, double radius, List<Community> members, MapFonts fonts) {
        double x = at.getX();
        double y = at.getY();
        graphics.setColor(Color.WHITE);
        graphics.fill(new Ellipse2D.Double(x - radius - 0.9, y - radius - 0.9, 2 * radius + 1.8, 2 * radius + 1.8));
        double rounded = Math.round(radius * 10) / 10.0;
        double hole = rounded * 0.62;
        Area core = circle(x, y, hole);
        Area ringAtOrigin = circle(0, 0, rounded);
        ringAtOrigin.subtract(circle(0, 0, hole));
        double from = 90;
        CoverageScale scale = CoverageScale.shipped();
        List<CoverageScale.Step> steps = new ArrayList<>(scale.steps());
        steps.add(scale.unknown());
        for (CoverageScale.Step step : steps) {
            long count = members.stream()
                    .filter(community -> scale.of(community.covered()).equals(step))
                    .count();
            if (count > 0) {
                double extent = -360.0 * count / members.size();
                Area part = new Area(new Path2D.Double(
                        new Arc2D.Double(x - rounded, y - rounded, 2 * rounded, 2 * rounded, from, extent, Arc2D.PIE)));
                part.subtract(core);
                CoverageInk.arc(graphics, part, ringAtOrigin, at, rounded, step);
                graphics.setColor(CoverageInk.INK);
                graphics.setStroke(new BasicStroke(0.5f));
                graphics.draw(part);
                from += extent;
            }
        }
        String count = String.valueOf(members.size());
        Font font = fonts.bold(count.length() > 3 ? radius * 0.44 : count.length() > 2 ? radius * 0.56 : radius * 0.74);
        Rectangle2D size = font.getStringBounds(count, EXACT);
        graphics.setColor(CoverageInk.INK);
        graphics.setFont(font);
        graphics.drawString(count, (float) (x - size.getWidth() / 2), (float) (y + font.getSize2D() * 0.36));
    }

    private static Area circle(double x, double y, double radius) {
        return new Area(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** From the label's nearest edge to what it names, white below black, so that it is seen on any ground. */
    private static void paintLeader(Graphics2D graphics, PlacedLabel label) {
        label.of().ifPresent(end -> {
            Rectangle2D box = label.box();
            Line2D line = new Line2D.Double(
                    Math.max(box.getMinX(), Math.min(box.getMaxX(), end.getX())),
                    Math.max(box.getMinY(), Math.min(box.getMaxY(), end.getY())),
                    end.getX(),
                    end.getY());
            graphics.setColor(Color.WHITE);
            graphics.setStroke(new BasicStroke(1.4f));
            graphics.draw(line);
            graphics.setColor(CoverageInk.INK);
            graphics.setStroke(new BasicStroke(0.5f));
            graphics.draw(line);
        });
    }

    private static void paintLabel(Graphics2D graphics, PlacedLabel label) {
        Font font = label.font();
        float x = (float) (label.box().getX() + 0.3);
        float y = (float) (label.box().getCenterY() + font.getSize2D() * 0.36);
        graphics.setColor(new Color(0xffffff));
        graphics.setStroke(new BasicStroke(font.getSize2D() * 0.28f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(font.createGlyphVector(EXACT, label.text()).getOutline(x, y));
        graphics.setColor(label.colour());
        graphics.setFont(font);
        graphics.drawString(label.text(), x, y);
    }

    private void paintGrid(Graphics2D graphics) {
        graphics.setColor(GRID);
        graphics.setStroke(new BasicStroke(0.3f));
        Rectangle2D frame = sheet.frame();
        for (int column = 1; column < columns; column++) {
            double x = frame.getX() + frame.getWidth() * column / columns;
            graphics.draw(new Line2D.Double(x, frame.getMinY(), x, frame.getMaxY()));
        }
        for (int row = 1; row < rows; row++) {
            double y = frame.getY() + frame.getHeight() * row / rows;
            graphics.draw(new Line2D.Double(frame.getMinX(), y, frame.getMaxX(), y));
        }
    }

    private void paintFrame(Graphics2D graphics) {
        Rectangle2D frame = sheet.frame();
        graphics.setColor(CoverageInk.INK);
        graphics.setStroke(new BasicStroke(0.5f));
        graphics.draw(frame);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(outer);
        Font font = fonts.bold(6.5);
        graphics.setFont(font);
        for (int column = 0; column < columns; column++) {
            double x = frame.getX() + frame.getWidth() * (column + 0.5) / columns;
            centred(graphics, letter(column), font, x, frame.getMinY() - BAND / 2);
        }
        for (int row = 0; row < rows; row++) {
            double y = frame.getY() + frame.getHeight() * (row + 0.5) / rows;
            centred(graphics, String.valueOf(row + 1), font, frame.getMinX() - BAND / 2, y);
        }
        paintDegrees(graphics);
    }

    /** Ticks and degrees at the lower and right edge. */
    private void paintDegrees(Graphics2D graphics) {
        Bounds bounds = sheet.bounds();
        Rectangle2D frame = sheet.frame();
        double step = degreeStep(Math.min(bounds.east() - bounds.west(), bounds.north() - bounds.south()));
        Font font = fonts.regular(5);
        graphics.setFont(font);
        graphics.setStroke(new BasicStroke(0.5f));
        for (double longitude = Math.ceil(bounds.west() / step) * step; longitude < bounds.east(); longitude += step) {
            double x = crossing(longitude, true, frame.getMaxY(), frame.getMinX(), frame.getMaxX());
            if (x > frame.getMinX() + 12 && x < frame.getMaxX() - 12) {
                graphics.draw(new Line2D.Double(x, frame.getMaxY(), x, frame.getMaxY() + 2.5));
                centred(graphics, degrees(longitude, "E", "W"), font, x, frame.getMaxY() + BAND / 2 + 1);
            }
        }
        for (double latitude = Math.ceil(bounds.south() / step) * step; latitude < bounds.north(); latitude += step) {
            double y = crossing(latitude, false, frame.getMaxX(), frame.getMaxY(), frame.getMinY());
            if (y > frame.getMinY() + 12 && y < frame.getMaxY() - 12) {
                graphics.draw(new Line2D.Double(frame.getMaxX(), y, frame.getMaxX() + 2.5, y));
                java.awt.geom.AffineTransform upright = graphics.getTransform();
                graphics.rotate(-Math.PI / 2, frame.getMaxX() + BAND / 2 + 1, y);
                centred(graphics, degrees(latitude, "N", "S"), font, frame.getMaxX() + BAND / 2 + 1, y);
                graphics.setTransform(upright);
            }
        }
    }

    /** Where a line of equal longitude or latitude crosses an edge of the frame; NaN if it does not. */
    private double crossing(double degrees, boolean longitude, double edge, double low, double high) {
        double from = low;
        double to = high;
        double atLow = degreeAt(longitude, edge, low) - degrees;
        double atHigh = degreeAt(longitude, edge, high) - degrees;
        if (atLow * atHigh > 0) {
            return Double.NaN;
        }
        for (int i = 0; i < 40; i++) {
            double middle = (from + to) / 2;
            if ((degreeAt(longitude, edge, middle) - degrees) * atLow > 0) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }

    private double degreeAt(boolean longitude, double edge, double along) {
        Position at = sheet.toEarth(longitude ? new Point2D.Double(along, edge) : new Point2D.Double(edge, along));
        return longitude ? at.longitude() : at.latitude();
    }

    private static double degreeStep(double range) {
        for (double minutes : new double[] {1, 2, 5, 10, 15, 30, 60, 120}) {
            if (range * 60 / minutes <= 6) {
                return minutes / 60;
            }
        }
        return 5;
    }

    private static String degrees(double value, String positive, String negative) {
        long minutes = Math.round(Math.abs(value) * 60);
        String side = value < 0 ? negative : positive;
        return minutes % 60 == 0
                ? minutes / 60 + "°" + side
                : String.format(Locale.ROOT, "%d°%02d'%s", minutes / 60, minutes % 60, side);
    }

    private static void centred(Graphics2D graphics, String text, Font font, double x, double y) {
        Rectangle2D size = font.getStringBounds(text, EXACT);
        graphics.drawString(text, (float) (x - size.getWidth() / 2), (float) (y + font.getSize2D() * 0.36));
    }
}
