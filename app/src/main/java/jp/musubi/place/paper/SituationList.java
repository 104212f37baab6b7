package jp.musubi.place.paper;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.place.geo.CoverageInk;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.SituationMap;
import jp.musubi.place.paper.SituationNow.Detail;
import org.springframework.context.MessageSource;

/**
 * The list behind a map, so that everything on it can be found without it: by municipality on a map that joins them,
 * else by community. It also holds those that have no position.
 */
final class SituationList {

    private static final double ROW = 13;
    private static final double HEAD = 34;
    private static final int MOST_ROWS = 400;
    private static final Color LINE = new Color(0xc4c8cc);
    private static final Color STRIPE = new Color(0xf4f5f6);

    private final SituationNow now;
    private final SituationMap map;
    private final MessageSource texts;
    private final Locale locale;
    private final List<Row> rows;
    private final int leftOut;

    /** A line of the list; counts by class of the scale where it is a municipality. */
    private record Row(
            String number,
            String square,
            String name,
            String kind,
            String people,
            Community worst,
            List<Long> counts,
            String covered,
            String lacks,
            String word) {}

    private record Column(String key, double share, boolean right) {}

    private static final List<Column> TOWN_COLUMNS = List.of(
            new Column("maps.column.square", 0.08, false),
            new Column("maps.column.town", 0.31, false),
            new Column("maps.places", 0.09, true),
            new Column("maps.people", 0.1, true));

    private static final List<Column> COMMUNITY_COLUMNS = List.of(
            new Column("maps.column.number", 0.055, true),
            new Column("maps.column.square", 0.055, false),
            new Column("maps.column.name", 0.27, false),
            new Column("maps.column.kind", 0.14, false),
            new Column("maps.column.people", 0.07, true),
            new Column("maps.column.covered", 0.09, true),
            new Column("maps.column.lacks", 0.21, false),
            new Column("maps.column.word", 0.11, false));

    SituationList(SituationNow now, SituationMap map, MessageSource texts, Locale locale) {
        this.now = now;
        this.map = map;
        this.texts = texts;
        this.locale = locale;
        List<Row> all = map.joinsTowns() ? townRows() : communityRows();
        this.rows = all.subList(0, Math.min(MOST_ROWS, all.size()));
        this.leftOut = all.size() - rows.size();
    }

    int pages(double height) {
        return rows.isEmpty() ? 0 : (rows.size() + perPage(height) - 1) / perPage(height);
    }

    private static int perPage(double height) {
        return (int) Math.floor((height - HEAD - ROW) / ROW);
    }

    private List<Row> townRows() {
        Map<String, List<Community>> byTown = new LinkedHashMap<>();
        for (Community community : mapped()) {
            byTown.computeIfAbsent(community.town(), code -> new ArrayList<>()).add(community);
        }
        List<Row> towns = new ArrayList<>();
        byTown.forEach((code, members) -> {
            List<Long> counts = new ArrayList<>();
            for (CoverageScale.Step step : steps()) {
                counts.add(members.stream()
                        .filter(community ->
                                CoverageScale.shipped().of(community.covered()).equals(step))
                        .count());
            }
            towns.add(new Row(
                    "",
                    squares(members),
                    now.municipality(code),
                    number(members.size()),
                    number(members.stream()
                            .mapToLong(community -> community.people().orElse(0))
                            .sum()),
                    members.get(0),
                    counts,
                    "",
                    "",
                    ""));
        });
        towns.sort(Comparator.<Row>comparingLong(row -> row.counts().get(0))
                .thenComparingLong(row -> row.counts().get(1))
                .thenComparingLong(row -> row.counts().get(2))
                .reversed()
                .thenComparing(Row::name));
        return towns;
    }

    /** Everybody but those whose position lies outside the map. */
    private List<Community> mapped() {
        List<Community> all = new ArrayList<>(map.shown());
        now.map().communities().stream()
                .filter(community -> community.at().isEmpty())
                .forEach(all::add);
        return all;
    }

    private String squares(List<Community> members) {
        return members.stream()
                .flatMap(community -> community.at().stream())
                .filter(map.sheet()::shows)
                .map(map::squareOf)
                .collect(java.util.stream.Collectors.groupingBy(
                        square -> square, java.util.TreeMap::new, java.util.stream.Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(text("maps.no-place"));
    }

    private List<Row> communityRows() {
        List<Row> list = new ArrayList<>();
        for (Community community : map.shown()) {
            Detail detail = now.detail(community.id());
            String covered = community.covered().isEmpty()
                    ? text("maps.coverage.unknown")
                    : Math.round(community.covered().getAsDouble() * 100) + "%";
            list.add(new Row(
                    map.numberOf(community).map(String::valueOf).orElse(""),
                    map.squareOf(community.at().orElseThrow()),
                    community.name(),
                    detail.kind().label().in(locale),
                    community.people().isEmpty()
                            ? text("maps.no-place")
                            : number(community.people().getAsLong()),
                    community,
                    List.of(),
                    covered,
                    (community.estimate() && !detail.lacks().isEmpty() ? "(" + text("maps.estimated") + ") " : "")
                            + detail.lacks(),
                    detail.lastWord().name(locale)));
        }
        return list;
    }

    void paint(Pen pen, Rectangle2D room, int page) {
        int perPage = perPage(room.getHeight());
        List<Row> shown = rows.subList(page * perPage, Math.min(rows.size(), (page + 1) * perPage));
        pen.text(
                text(map.joinsTowns() ? "maps.list.towns" : "maps.list.communities"),
                room.getX(),
                room.getY() + 11,
                pen.bold(10),
                Pen.INK);
        double y = room.getY() + HEAD;
        head(pen, room, y - 6);
        pen.line(room.getX(), y - 2, room.getMaxX(), y - 2, 0.8, Pen.INK);
        for (int i = 0; i < shown.size(); i++) {
            Rectangle2D band = new Rectangle2D.Double(room.getX(), y - 2 + i * ROW, room.getWidth(), ROW);
            if (i % 2 == 1) {
                pen.box(band, STRIPE);
            }
            row(pen, band, shown.get(i));
            pen.line(band.getX(), band.getMaxY(), band.getMaxX(), band.getMaxY(), 0.25, LINE);
        }
        if (leftOut > 0 && (page + 1) * perPage >= rows.size()) {
            pen.text(
                    text("maps.list.more", number(leftOut)),
                    room.getX(),
                    y + shown.size() * ROW + 8,
                    pen.bold(7.5),
                    Pen.INK);
        }
    }

    private void head(Pen pen, Rectangle2D room, double y) {
        Font font = pen.bold(7);
        double x = room.getX();
        for (Column column : map.joinsTowns() ? TOWN_COLUMNS : COMMUNITY_COLUMNS) {
            double width = column.share() * room.getWidth();
            cell(pen, text(column.key()), x, y, width, column.right(), font);
            x += width;
        }
        if (map.joinsTowns()) {
            List<CoverageScale.Step> steps = steps();
            double width = (room.getMaxX() - x) / steps.size();
            for (CoverageScale.Step step : steps) {
                Rectangle2D swatch = new Rectangle2D.Double(x + width - 26, y - 16, 24, 8);
                CoverageInk.swatch(pen.graphics(), swatch, step);
                pen.frame(swatch, 0.6, Pen.INK);
                cell(pen, shortLabel(step), x, y, width, true, font);
                x += width;
            }
        }
    }

    private void row(Pen pen, Rectangle2D band, Row row) {
        double y = band.getY() + 9.2;
        Font font = pen.regular(7.5);
        double x = band.getX();
        List<Column> columns = map.joinsTowns() ? TOWN_COLUMNS : COMMUNITY_COLUMNS;
        List<String> cells = map.joinsTowns()
                ? List.of(row.square(), row.name(), row.kind(), row.people())
                : List.of(
                        row.number(),
                        row.square(),
                        row.name(),
                        row.kind(),
                        row.people(),
                        row.covered(),
                        row.lacks(),
                        row.word());
        for (int i = 0; i < columns.size(); i++) {
            double width = columns.get(i).share() * band.getWidth();
            boolean covered = columns.get(i).key().equals("maps.column.covered");
            if (covered) {
                Rectangle2D swatch = new Rectangle2D.Double(x + 6, band.getY() + 2.5, 10, ROW - 5);
                CoverageInk.fill(
                        pen.graphics(),
                        swatch,
                        CoverageScale.shipped().of(row.worst().covered()));
                pen.frame(swatch, 0.5, Pen.INK);
            }
            cell(
                    pen,
                    cells.get(i),
                    x + (covered ? 16 : 0),
                    y,
                    width - (covered ? 16 : 0),
                    columns.get(i).right(),
                    font);
            x += width;
        }
        if (map.joinsTowns()) {
            double width = (band.getMaxX() - x) / row.counts().size();
            for (int i = 0; i < row.counts().size(); i++) {
                long count = row.counts().get(i);
                cell(
                        pen,
                        count == 0 ? "·" : number(count),
                        x,
                        y,
                        width,
                        true,
                        i == 0 && count > 0 ? pen.bold(7.5) : font);
                x += width;
            }
        }
    }

    private static void cell(Pen pen, String text, double x, double y, double width, boolean right, Font font) {
        String fitting = Pen.shortened(text, width - 5, font);
        if (right) {
            pen.right(fitting, x + width - 3, y, font, Pen.INK);
        } else {
            pen.text(fitting, x + 3, y, font, Pen.INK);
        }
    }

    private static List<CoverageScale.Step> steps() {
        List<CoverageScale.Step> steps = new ArrayList<>(CoverageScale.shipped().steps());
        steps.add(CoverageScale.shipped().unknown());
        return Collections.unmodifiableList(steps);
    }

    private String shortLabel(CoverageScale.Step step) {
        return Double.isNaN(step.below())
                ? "?"
                : step.below() > 1
                        ? "≥ " + Math.round(lowerOf(step) * 100) + "%"
                        : "< " + Math.round(step.below() * 100) + "%";
    }

    private static double lowerOf(CoverageScale.Step step) {
        List<CoverageScale.Step> steps = CoverageScale.shipped().steps();
        int index = steps.indexOf(step);
        return index == 0 ? 0 : steps.get(index - 1).below();
    }

    private String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale);
    }

    private String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }
}
