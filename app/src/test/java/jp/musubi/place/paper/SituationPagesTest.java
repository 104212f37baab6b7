package jp.musubi.place.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.common.paper.PaperFonts;
import jp.musubi.place.Position;
import jp.musubi.place.geo.CoastFile;
import jp.musubi.place.geo.MapFeatures;
import jp.musubi.place.geo.Mark;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.place.geo.SituationMap.PlacedLabel;
import jp.musubi.place.geo.Symbol;
import jp.musubi.response.Bounds;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class SituationPagesTest {

    private static final MapFeatures FEATURES = new MapFeatures(CoastFile.land());
    private static final int DPI = 144;

    @TempDir
    static Path folder;

    private final ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    private final PaperFonts.Faces faces = PaperFonts.in(folder).faces();

    SituationPagesTest() {
        texts.setBasename("messages.maps");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
    }

    @Test
    void paintsLandSeaAndCommunitiesWhereTheyLie() throws IOException {
        // two shelters far apart at a scale that shows each by itself; the second wholly covered
        Position bare = new Position(38.47, 141.25);
        Position covered = new Position(38.42, 141.33);
        SituationNow now = SituationFixture.with(
                List.of(
                        SituationFixture.community(
                                1,
                                "A",
                                "04202",
                                Mark.CIRCLE,
                                Optional.of(bare),
                                OptionalDouble.of(0.6),
                                OptionalLong.of(9),
                                false,
                                false),
                        SituationFixture.community(
                                2,
                                "B",
                                "04202",
                                Mark.SQUARE,
                                Optional.of(covered),
                                OptionalDouble.of(0.9),
                                OptionalLong.of(9),
                                false,
                                false)),
                Locale.JAPANESE);
        SituationPages pages = pages(now, ishinomaki(), Locale.JAPANESE, false);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(SituationPrinter.png(pages, DPI)));

        assertThat(image.getWidth()).isEqualTo(Math.round(595.276 / 72 * DPI));
        assertThat(image.getHeight()).isEqualTo(Math.round(841.89 / 72 * DPI));
        CoverageScale scale = CoverageScale.shipped();
        // the square's class has no pattern: its colour lies in its very middle
        assertThat(colour(image, pages.map().sheet().toPaper(covered)))
                .isEqualTo(scale.of(OptionalDouble.of(0.9)).fill());
        // the circle's class is dotted: its colour lies around the dots
        assertThat(coloursAround(image, pages.map().sheet().toPaper(bare), 3))
                .contains(scale.of(OptionalDouble.of(0.6)).fill())
                .anyMatch(colour -> colour.getRed() < 80 && colour.getBlue() < 80);
        Color land = colour(image, pages.map().sheet().toPaper(new Position(38.52, 141.27)));
        Color sea = colour(image, pages.map().sheet().toPaper(new Position(38.34, 141.28)));
        assertThat(land.getRed()).isGreaterThan(245);
        assertThat(sea.getBlue() - sea.getRed()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void laysNoLabelOnAnotherOrOnASymbol(boolean landscape) {
        for (MapArea area : List.of(overview(), ishinomaki())) {
            SituationPages pages = pages(SituationFixture.of(2000, Locale.JAPANESE), area, Locale.JAPANESE, landscape);
            List<PlacedLabel> labels = pages.map().labels();

            assertThat(labels).hasSizeGreaterThan(8);
            for (int i = 0; i < labels.size(); i++) {
                Rectangle2D box = labels.get(i).box();
                assertThat(pages.map().sheet().frame().contains(box)).isTrue();
                for (int j = 0; j < i; j++) {
                    assertThat(box.intersects(labels.get(j).box()))
                            .as(labels.get(i).text() + " on " + labels.get(j).text())
                            .isFalse();
                }
                for (Symbol symbol : pages.map().symbols()) {
                    assertThat(box.intersects(
                                    symbol.at().getX() - symbol.radius() * 0.7,
                                    symbol.at().getY() - symbol.radius() * 0.7,
                                    symbol.radius() * 1.4,
                                    symbol.radius() * 1.4))
                            .as(labels.get(i).text())
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesEveryRingOfAnOverview(boolean landscape) {
        for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            SituationPages pages = pages(SituationFixture.of(2000, language), overview(), language, landscape);
            List<Town> towns = SituationFixture.of(0, language).map().towns();

            assertThat(pages.map().symbols())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(symbol -> assertThat(pages.map().labels()).anySatisfy(label -> {
                        assertThat(towns)
                                .anyMatch(town -> label.text().startsWith(town.name())
                                        && symbol.members().stream()
                                                .anyMatch(
                                                        member -> member.town().equals(town.code())));
                        double away = label.of()
                                .map(end -> Math.abs(end.distance(symbol.at()) - symbol.radius()))
                                .orElseGet(() -> gap(label.box(), symbol));
                        assertThat(away).isLessThan(3);
                    }));
        }
    }

    /** From the edge of a symbol to a label. */
    private static double gap(Rectangle2D box, Symbol symbol) {
        double x = Math.max(box.getMinX(), Math.min(box.getMaxX(), symbol.at().getX()));
        double y = Math.max(box.getMinY(), Math.min(box.getMaxY(), symbol.at().getY()));
        return symbol.at().distance(x, y) - symbol.radius();
    }

    @Test
    void showsEveryPositionedCommunityOnceOnAnOverview() {
        SituationNow now = SituationFixture.of(2000, Locale.JAPANESE);
        SituationPages pages = pages(now, overview(), Locale.JAPANESE, false);

        List<Community> expected = now.map().communities().stream()
                .filter(community -> community.at().isPresent())
                .toList();
        List<Community> drawn = new ArrayList<>();
        pages.map().symbols().forEach(symbol -> drawn.addAll(symbol.members()));
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void saysInJapaneseWhatTheMapShowsAndWhatNot() throws IOException {
        SituationNow now = SituationFixture.of(400, Locale.JAPANESE);

        String text = textOf(pdf(now, overview(), Locale.JAPANESE, false));

        assertThat(text)
                .contains("東日本大震災 演習")
                .contains("訓練")
                .contains("2011年3月14日(月) 12:20")
                .contains("OpenStreetMap contributors")
                .contains("国土数値情報")
                .contains("EPSG:6678")
                .contains("石巻市")
                .contains("遠野 後方支援拠点")
                .contains("20％未満")
                .contains("位置がわからない");
        long lost = now.map().communities().stream()
                .filter(community -> community.at().isEmpty())
                .count();
        assertThat(lost).isEqualTo(10);
        assertThat(text).contains("10地点・");
    }

    @Test
    void saysTheSameInEnglish() throws IOException {
        String text = textOf(pdf(SituationFixture.of(400, Locale.ENGLISH), overview(), Locale.ENGLISH, true));

        assertThat(text)
                .contains("Great East Japan Earthquake (exercise)")
                .contains("EXERCISE")
                .contains("Mon 14 Mar 2011, 12:20")
                .contains("OpenStreetMap contributors")
                .contains("Ishinomaki")
                .contains("Tono base")
                .contains("below 20 %")
                .contains("Position not known")
                .contains("10 places, ")
                .doesNotContainPattern("[ぁ-ん]");
    }

    @Test
    void listsEveryCommunityOfAnAreaByItsNumber() throws IOException {
        SituationNow now = SituationFixture.of(60, Locale.ENGLISH);
        SituationPages pages = pages(now, ishinomaki(), Locale.ENGLISH, false);

        String text = textOf(pdf(now, ishinomaki(), Locale.ENGLISH, false));

        assertThat(pages.map().shown()).isNotEmpty();
        for (Community community : pages.map().shown()) {
            int number = pages.map().numberOf(community).orElseThrow();
            String square = pages.map().squareOf(community.at().orElseThrow());
            assertThat(text).contains(number + " " + square + " " + community.name());
        }
        assertThat(pages.map().shown())
                .isSortedAccordingTo((a, b) ->
                        Double.compare(a.covered().orElse(0.949), b.covered().orElse(0.949)));
    }

    @Test
    void staysDrawnAndEmbedsItsFonts() throws IOException {
        try (PDDocument document =
                Loader.loadPDF(pdf(SituationFixture.of(400, Locale.JAPANESE), overview(), Locale.JAPANESE, false))) {
            List<PDFont> fonts = new ArrayList<>();
            List<PDImageXObject> images = new ArrayList<>();
            document.getPages().forEach(page -> collect(page.getResources(), fonts, images));

            assertThat(document.getPage(0).getMediaBox().getWidth()).isCloseTo(595.276f, within(0.01f));
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ja");
            assertThat(document.getDocumentInformation().getTitle()).contains("東日本大震災 演習");
            assertThat(images).isEmpty();
            assertThat(fonts)
                    .isNotEmpty()
                    .allSatisfy(font -> assertThat(font.isEmbedded()).isTrue())
                    .allSatisfy(font -> assertThat(font.getName()).matches("[A-Z]{6}\\+BIZ.*"));
        }
    }

    @ParameterizedTest
    @CsvSource({"999, 800", "1000, 1000", "2100, 2000", "7900, 6000", "8000, 8000", "312345, 300000", "55, 50"})
    void takesTheLongestRoundScaleBarThatFits(double room, double length) {
        assertThat(SituationPages.roundLength(room)).isEqualTo(length);
    }

    /** Processor time, so that other work on the machine does not count. */
    @Test
    void printsTwoThousandPlacesWithUnderThreeSecondsOfWork() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        SituationNow now = SituationFixture.of(2000, Locale.JAPANESE);
        pdf(now, overview(), Locale.JAPANESE, false);
        for (MapArea area : List.of(overview(), ishinomaki())) {
            long before = threads.getCurrentThreadCpuTime();
            byte[] pdf = pdf(now, area, Locale.JAPANESE, false);
            double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;

            assertThat(pdf.length).isBetween(50_000, 1_000_000);
            assertThat(seconds).as(area.name()).isLessThan(3);
        }
    }

    @Test
    void saysWhenThereIsNothingYet() throws IOException {
        assertThat(textOf(pdf(SituationFixture.with(List.of(), Locale.JAPANESE), overview(), Locale.JAPANESE, false)))
                .contains("まだありません");
    }

    private byte[] pdf(SituationNow now, MapArea area, Locale locale, boolean landscape) {
        return SituationPrinter.pdf(
                pages(now, area, locale, landscape),
                faces,
                SituationFixture.RESPONSE.name(locale),
                locale.getLanguage(),
                SituationFixture.NOW,
                SituationFixture.RESPONSE.zone());
    }

    private SituationPages pages(SituationNow now, MapArea area, Locale locale, boolean landscape) {
        return new SituationPages(
                now,
                area,
                new SituationPages.Frame(
                        SituationFixture.RESPONSE,
                        SituationFixture.NOW,
                        Instant.parse("2026-11-21T00:00:00Z"),
                        locale,
                        landscape),
                texts,
                faces,
                FEATURES);
    }

    private static MapArea overview() {
        return new MapArea("全体", new Bounds(37.9, 140.6, 39.9, 142.2), true);
    }

    private static MapArea ishinomaki() {
        return new MapArea("石巻市", new Bounds(38.32, 141.1, 38.6, 141.5), false);
    }

    private static String textOf(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    private static Color colour(BufferedImage image, Point2D paper) {
        double scale = DPI / 72.0;
        return new Color(image.getRGB((int) Math.round(paper.getX() * scale), (int) Math.round(paper.getY() * scale)));
    }

    private static List<Color> coloursAround(BufferedImage image, Point2D paper, double radius) {
        List<Color> colours = new ArrayList<>();
        for (double x = -radius; x <= radius; x += 72.0 / DPI) {
            for (double y = -radius; y <= radius; y += 72.0 / DPI) {
                colours.add(colour(image, new Point2D.Double(paper.getX() + x, paper.getY() + y)));
            }
        }
        return colours;
    }

    private static void collect(PDResources resources, List<PDFont> fonts, List<PDImageXObject> images) {
        try {
            for (COSName name : resources.getFontNames()) {
                fonts.add(resources.getFont(name));
            }
            for (COSName name : resources.getXObjectNames()) {
                PDXObject object = resources.getXObject(name);
                if (object instanceof PDFormXObject form && form.getResources() != null) {
                    collect(form.getResources(), fonts, images);
                } else if (object instanceof PDImageXObject image) {
                    images.add(image);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
