package jp.musubi.place.geo;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.place.HubState;
import org.geotools.api.filter.FilterFactory;
import org.geotools.api.filter.expression.Expression;
import org.geotools.api.style.FeatureTypeStyle;
import org.geotools.api.style.Fill;
import org.geotools.api.style.Mark;
import org.geotools.api.style.Rule;
import org.geotools.api.style.Stroke;
import org.geotools.api.style.Style;
import org.geotools.factory.CommonFactoryFinder;
import org.geotools.styling.StyleBuilder;

/** The map's GeoTools styles: rules that say how a feature looks, sizes in points. */
final class MapStyles {

    static final Color SEA = new Color(0xe3edf3);
    static final Color LAND = new Color(0xfdfcf8);
    private static final Color COASTLINE = new Color(0x5b6b75);
    private static final Color TOWN = new Color(0x6b6b6b);
    static final Color HUB = new Color(0x1b2f6b);

    private final StyleBuilder styles = new StyleBuilder();
    private final FilterFactory filters = CommonFactoryFinder.getFilterFactory();

    Style land() {
        return styles.createStyle(
                styles.createPolygonSymbolizer(styles.createStroke(COASTLINE, 0.5), styles.createFill(LAND)));
    }

    Style towns() {
        return styles.createStyle(styles.createPointSymbolizer(styles.createGraphic(
                null,
                styles.createMark(
                        jp.musubi.place.geo.Mark.CIRCLE.styleName(),
                        styles.createFill(Color.WHITE),
                        styles.createStroke(TOWN, 0.5)),
                null,
                1,
                2.4,
                0)));
    }

    /** Attributes: {@code mark}, {@code size}, {@code coverage} (key of the scale), {@code estimate}, {@code stale}. */
    Style communities() {
        List<Rule> rules = new ArrayList<>();
        List<CoverageScale.Step> steps = new ArrayList<>(CoverageScale.shipped().steps());
        steps.add(CoverageScale.shipped().unknown());
        for (CoverageScale.Step step : steps) {
            for (boolean estimate : new boolean[] {false, true}) {
                for (boolean stale : new boolean[] {false, true}) {
                    rules.add(community(step, estimate, stale));
                }
            }
        }
        return style(rules);
    }

    private Rule community(CoverageScale.Step step, boolean estimate, boolean stale) {
        Color ink = stale ? CoverageInk.FADED_INK : CoverageInk.INK;
        Stroke outline =
                estimate ? styles.createStroke(ink, 0.7, new float[] {1.5f, 1.1f}) : styles.createStroke(ink, 0.7);
        Rule rule = styles.createRule(styles.createPointSymbolizer(styles.createGraphic(
                null,
                new Mark[] {
                    styles.createMark(filters.property("mark"), null, styles.createStroke(Color.WHITE, 1.9)),
                    styles.createMark(filters.property("mark"), patterned(step, stale), outline)
                },
                null,
                filters.literal(1),
                filters.property("size"),
                filters.literal(0))));
        rule.setName(step.key());
        rule.setFilter(filters.and(List.of(
                filters.equals(filters.property("coverage"), filters.literal(step.key())),
                filters.equals(filters.property("estimate"), filters.literal(estimate)),
                filters.equals(filters.property("stale"), filters.literal(stale)))));
        return rule;
    }

    /** Attribute: {@code state}. What does not work is drawn by {@link HubSigns} on top of this. */
    Style hubs() {
        List<Rule> rules = new ArrayList<>();
        for (HubState state : HubState.values()) {
            Fill fill = styles.createFill(state == HubState.WORKING ? HUB : Color.WHITE);
            Rule rule = styles.createRule(styles.createPointSymbolizer(styles.createGraphic(
                    null,
                    new Mark[] {
                        styles.createMark(house(), null, styles.createStroke(Color.WHITE, 2.6)),
                        styles.createMark(house(), fill, styles.createStroke(HUB, 1))
                    },
                    null,
                    filters.literal(1),
                    filters.literal(HubSigns.SIZE),
                    filters.literal(0))));
            rule.setName(state.name());
            rule.setFilter(filters.equals(filters.property("state"), filters.literal(state.name())));
            rules.add(rule);
        }
        return style(rules);
    }

    private Expression house() {
        return filters.literal(jp.musubi.place.geo.Mark.HOUSE.styleName());
    }

    /** A pattern's own mark has the ink's colour. */
    private Fill patterned(CoverageScale.Step step, boolean stale) {
        Pattern pattern = Pattern.of(step.key());
        Mark mark = styles.createMark(pattern.styleName(), styles.createFill(CoverageInk.inkOf(pattern, stale)), null);
        Expression ground = filters.literal(CoverageInk.ground(pattern, step.fill(), stale));
        return styles.createFill(ground, ground, filters.literal(1), styles.createGraphic(null, mark, null));
    }

    private Style style(List<Rule> rules) {
        FeatureTypeStyle features = styles.createFeatureTypeStyle("Feature", rules.toArray(Rule[]::new));
        Style style = styles.createStyle();
        style.featureTypeStyles().add(features);
        return style;
    }
}
