package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Point2D;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.filter.expression.Expression;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.api.style.FeatureTypeStyle;
import org.geotools.api.style.Fill;
import org.geotools.api.style.Graphic;
import org.geotools.api.style.GraphicalSymbol;
import org.geotools.api.style.LineSymbolizer;
import org.geotools.api.style.Mark;
import org.geotools.api.style.PointSymbolizer;
import org.geotools.api.style.PolygonSymbolizer;
import org.geotools.api.style.Rule;
import org.geotools.api.style.Stroke;
import org.geotools.api.style.Style;
import org.geotools.api.style.Symbolizer;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.geotools.geometry.jts.LiteShape2;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/**
 * Draws GeoTools features by GeoTools styles with Java2D, which is paper as well as a picture: polygons, lines and
 * marks, by the rules whose filters accept a feature. Sizes and widths are points.
 */
final class StylePainter {

    private final Graphics2D graphics;
    private final Sheet sheet;

    StylePainter(Graphics2D graphics, Sheet sheet) {
        this.graphics = graphics;
        this.sheet = sheet;
    }

    /** Features are in the sheet's plane. */
    void paint(SimpleFeatureCollection features, Style style) {
        for (FeatureTypeStyle typeStyle : style.featureTypeStyles()) {
            try (SimpleFeatureIterator each = features.features()) {
                while (each.hasNext()) {
                    SimpleFeature feature = each.next();
                    for (Rule rule : typeStyle.rules()) {
                        if (rule.getFilter() == null || rule.getFilter().evaluate(feature)) {
                            rule.symbolizers().forEach(symbolizer -> paint(feature, symbolizer));
                        }
                    }
                }
            }
        }
    }

    private void paint(SimpleFeature feature, Symbolizer symbolizer) {
        Geometry geometry = (Geometry) feature.getDefaultGeometry();
        if (symbolizer instanceof PolygonSymbolizer polygon) {
            Shape shape = shape(geometry);
            fill(feature, shape, polygon.getFill());
            draw(feature, shape, polygon.getStroke());
        } else if (symbolizer instanceof LineSymbolizer line) {
            draw(feature, shape(geometry), line.getStroke());
        } else if (symbolizer instanceof PointSymbolizer point && geometry instanceof Point at) {
            mark(feature, at, point.getGraphic());
        } else {
            throw new IllegalArgumentException(symbolizer.getClass().getSimpleName() + " on a "
                    + geometry.getGeometryType() + " is not drawn here");
        }
    }

    private Shape shape(Geometry geometry) {
        MathTransform toPaper = sheet.planeToPaperTransform();
        try {
            return new LiteShape2(geometry, toPaper, null, false);
        } catch (TransformException | FactoryException e) {
            throw new IllegalStateException("Cannot draw a " + geometry.getGeometryType(), e);
        }
    }

    private void mark(SimpleFeature feature, Point at, Graphic graphic) {
        Point2D paper = sheet.planeToPaper().transform(new Point2D.Double(at.getX(), at.getY()), null);
        double radius = number(graphic.getSize(), feature, 6) / 2;
        for (GraphicalSymbol symbol : graphic.graphicalSymbols()) {
            if (symbol instanceof Mark styled) {
                jp.musubi.place.geo.Mark mark =
                        jp.musubi.place.geo.Mark.named(styled.getWellKnownName().evaluate(feature, String.class));
                Fill fill = styled.getFill();
                if (fill != null && fill.getGraphicFill() != null) {
                    Mark inner = (Mark) fill.getGraphicFill().graphicalSymbols().get(0);
                    CoverageInk.fill(
                            graphics,
                            mark,
                            paper,
                            radius,
                            Pattern.named(inner.getWellKnownName().evaluate(feature, String.class)),
                            colour(fill.getColor(), feature),
                            colour(inner.getFill().getColor(), feature));
                } else {
                    fill(feature, mark.at(paper.getX(), paper.getY(), radius), fill);
                }
                draw(feature, mark.at(paper.getX(), paper.getY(), radius), styled.getStroke());
            }
        }
    }

    private void fill(SimpleFeature feature, Shape shape, @Nullable Fill fill) {
        if (fill != null) {
            graphics.setColor(colour(fill.getColor(), feature));
            graphics.fill(shape);
        }
    }

    private void draw(SimpleFeature feature, Shape shape, @Nullable Stroke stroke) {
        if (stroke != null) {
            graphics.setColor(colour(stroke.getColor(), feature));
            float width = (float) number(stroke.getWidth(), feature, 1);
            float[] dashes = stroke.getDashArray();
            graphics.setStroke(
                    dashes == null || dashes.length == 0
                            ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                            : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 2, dashes, 0));
            graphics.draw(shape);
        }
    }

    private static Color colour(Expression expression, SimpleFeature feature) {
        Color colour = expression.evaluate(feature, Color.class);
        if (colour == null) {
            throw new IllegalArgumentException("No colour: " + expression);
        }
        return colour;
    }

    private static double number(@Nullable Expression expression, SimpleFeature feature, double otherwise) {
        Double value = expression == null ? null : expression.evaluate(feature, Double.class);
        return value == null ? otherwise : value;
    }
}
