package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelPlacerTest {

    private static final Rectangle2D AREA = new Rectangle2D.Double(10, 20, 300, 400);

    @Test
    void putsTheFirstLabelToTheRight() {
        Rectangle2D box = new LabelPlacer(AREA)
                .place(new Point2D.Double(100, 100), 3, 40, 8)
                .orElseThrow();

        assertThat(box).isEqualTo(new Rectangle2D.Double(103, 96, 40, 8));
    }

    @Test
    void takesTheNextFreePlaceAndGivesUpWhereThereIsNone() {
        LabelPlacer placer = new LabelPlacer(AREA);
        Point2D point = new Point2D.Double(100, 100);
        placer.block(new Rectangle2D.Double(104, 90, 50, 20));

        assertThat(placer.place(point, 3, 40, 8)).contains(new Rectangle2D.Double(57, 96, 40, 8));
        placer.block(AREA);
        assertThat(placer.place(point, 3, 40, 8)).isEmpty();
    }

    @Test
    void staysInsideTheMap() {
        assertThat(new LabelPlacer(AREA).place(new Point2D.Double(305, 100), 3, 40, 8))
                .hasValueSatisfying(box -> assertThat(AREA.contains(box)).isTrue());
    }

    @Test
    void neverLaysLabelsOnEachOtherOrOnWhatIsBlocked() {
        Random random = new Random(20110311);
        LabelPlacer placer = new LabelPlacer(AREA);
        List<Rectangle2D> taken = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Rectangle2D symbol =
                    new Rectangle2D.Double(10 + random.nextDouble() * 300, 20 + random.nextDouble() * 400, 7, 7);
            placer.block(symbol);
            taken.add(symbol);
        }
        int symbols = taken.size();
        for (int i = 0; i < symbols; i++) {
            Point2D at =
                    new Point2D.Double(taken.get(i).getCenterX(), taken.get(i).getCenterY());
            placer.place(at, 4.5, 10 + random.nextInt(50), 7).ifPresent(taken::add);
        }

        assertThat(taken.size()).as("labels").isGreaterThan(symbols + 50);
        for (int label = symbols; label < taken.size(); label++) {
            for (int other = 0; other < label; other++) {
                assertThat(taken.get(label).intersects(taken.get(other)))
                        .as(label + " on " + other)
                        .isFalse();
            }
        }
    }
}
