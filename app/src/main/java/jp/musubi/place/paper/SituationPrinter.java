package jp.musubi.place.paper;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import javax.imageio.ImageIO;
import jp.musubi.common.paper.PaperFonts.Faces;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** Turns pages into a PDF (lines, areas and text, nothing rasterised) or the first of them into a PNG. */
final class SituationPrinter {

    private SituationPrinter() {}

    static byte[] pdf(SituationPages pages, Faces faces, String title, String language, Instant made, ZoneId zone) {
        try (PDDocument document = new PDDocument()) {
            PDFont regular = PDType0Font.load(document, faces.regularFile().toFile());
            PDFont bold = PDType0Font.load(document, faces.boldFile().toFile());
            try (EmbeddedFonts fonts = new EmbeddedFonts(regular, bold, faces)) {
                for (int number = 0; number < pages.count(); number++) {
                    addPage(document, pages, number, fonts);
                }
            }
            describe(document, title, language, made, zone);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the PDF.", e);
        }
    }

    private static void addPage(PDDocument document, SituationPages pages, int number, EmbeddedFonts fonts)
            throws IOException {
        PDPage page = new PDPage(new PDRectangle((float) pages.width(), (float) pages.height()));
        document.addPage(page);
        PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, (float) pages.width(), (float) pages.height());
        graphics.setFontTextDrawer(fonts);
        try {
            pages.paint(graphics, number);
        } finally {
            graphics.dispose();
        }
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawForm(graphics.getXFormObject());
        }
    }

    private static void describe(PDDocument document, String title, String language, Instant made, ZoneId zone) {
        PDDocumentInformation information = document.getDocumentInformation();
        information.setTitle(title);
        information.setCreator("Musubi");
        Calendar created = GregorianCalendar.from(made.atZone(zone));
        information.setCreationDate(created);
        document.getDocumentCatalog().setLanguage(language);
        PDViewerPreferences preferences = new PDViewerPreferences(new org.apache.pdfbox.cos.COSDictionary());
        preferences.setDisplayDocTitle(true);
        document.getDocumentCatalog().setViewerPreferences(preferences);
    }

    static byte[] png(SituationPages pages, int dotsPerInch) {
        double scale = dotsPerInch / 72.0;
        BufferedImage image = new BufferedImage(
                (int) Math.round(pages.width() * scale),
                (int) Math.round(pages.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(scale, scale);
        try {
            pages.paint(graphics, 0);
        } finally {
            graphics.dispose();
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the PNG.", e);
        }
    }

    /** Text stays text: it is found, copied and read aloud. Only the characters that occur are embedded. */
    private static final class EmbeddedFonts extends PdfBoxGraphics2DFontTextDrawer {

        private final PDFont regular;
        private final PDFont bold;
        private final String boldName;

        EmbeddedFonts(PDFont regular, PDFont bold, Faces faces) {
            this.regular = regular;
            this.bold = bold;
            this.boldName = faces.bold().getPSName();
        }

        @Override
        protected PDFont mapFont(Font font, IFontTextDrawerEnv env) {
            return font.getPSName().equals(boldName) ? bold : regular;
        }
    }
}
