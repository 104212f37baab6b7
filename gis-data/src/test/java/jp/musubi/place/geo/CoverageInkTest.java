package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.musubi.common.geo.CoverageScale;
import org.junit.jupiter.api.Test;

class CoverageInkTest {

    /** In black and white a class must be told from every other by what lies on its ground, darker or lighter. */
    @Test
    void tellsEveryClassFromTheOthersWithoutColour() {
        List<CoverageScale.Step> steps = new ArrayList<>(CoverageScale.shipped().steps());
        steps.add(CoverageScale.shipped().unknown());
        Set<String> patterns = new HashSet<>();
        for (CoverageScale.Step step : steps) {
            BufferedImage image = draw(step);
            double ground = Pattern.of(step.key()) == Pattern.UPRIGHT ? 0xe6 / 255.0 : luminance(step.fill());
            StringBuilder pattern = new StringBuilder();
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    double difference = luminance(new Color(image.getRGB(x, y))) - ground;
                    pattern.append(difference < -0.25 ? '#' : difference > 0.25 ? 'o' : '.');
                }
            }
            patterns.add(pattern.toString());
        }
        assertThat(patterns).hasSize(steps.size());
    }

    @Test
    void inksMoreWhereMoreIsMissing() {
        List<Double> ink = CoverageScale.shipped().steps().stream()
                .map(step -> share(draw(step), CoverageInk.INK))
                .toList();

        assertThat(ink.get(0)).isGreaterThan(ink.get(1) * 1.3);
        assertThat(ink.get(1)).isGreaterThan(ink.get(2));
        assertThat(ink.get(2)).isGreaterThan(0.05);
        assertThat(ink.get(3)).isZero();
        assertThat(ink.get(4)).isZero();
    }

    @Test
    void keepsTheColourOfTheClass() {
        for (CoverageScale.Step step : CoverageScale.shipped().steps()) {
            assertThat(share(draw(step), step.fill())).as(step.key()).isGreaterThan(0.1);
        }
    }

    private static BufferedImage draw(CoverageScale.Step step) {
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(20, 20);
        CoverageInk.fill(graphics, new Rectangle2D.Double(0, 0, 10, 10), step);
        graphics.dispose();
        return image;
    }

    private static double luminance(Color colour) {
        return (0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue()) / 255;
    }

    private static double share(BufferedImage image, Color colour) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == (colour.getRGB() & 0xffffff)) {
                    found++;
                }
            }
        }
        return found / (double) (image.getWidth() * image.getHeight());
    }
}
