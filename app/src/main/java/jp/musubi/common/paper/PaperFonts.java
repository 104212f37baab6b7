package jp.musubi.common.paper;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import jp.musubi.common.store.DataFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * BIZ UDPGothic, whole, for Java2D and for embedding. It comes with the program, so that papers look the same on a
 * machine without any font.
 */
@Component
public class PaperFonts {

    /** Without it, Java asks the system for its fonts and gives up where there are none. */
    private static final String FONT_CONFIGURATION = "sun.awt.fontconfig";

    private final Path folder;
    private @Nullable Faces faces;

    @Autowired
    PaperFonts(DataFolder data) {
        this(data.folder("fonts"));
    }

    private PaperFonts(Path folder) {
        this.folder = folder;
    }

    /** Fonts unpacked into a folder, for what runs without the container. */
    public static PaperFonts in(Path folder) {
        return new PaperFonts(folder);
    }

    /**
     * Regular and bold.
     *
     * @param regularFile a TrueType file that stays where it is
     */
    public record Faces(Font regular, Font bold, Path regularFile, Path boldFile) {}

    /** Read on first use, then kept. */
    public synchronized Faces faces() {
        Faces known = faces;
        if (known == null) {
            Path regular = unpack("BIZUDPGothic-Regular.ttf", folder);
            Path bold = unpack("BIZUDPGothic-Bold.ttf", folder);
            standOnOwnFeet(folder, regular);
            known = new Faces(read(regular), read(bold), regular, bold);
            faces = known;
        }
        return known;
    }

    private static Path unpack(String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream in = PaperFonts.class.getResourceAsStream("/fonts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its file fonts/" + name
                        + ". Maybe the front end was not built? node app/src/main/frontend/build.mjs");
            }
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, name, ".part");
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ".", e);
        }
    }

    private static void standOnOwnFeet(Path folder, Path regular) {
        if (System.getProperty(FONT_CONFIGURATION) != null) {
            return;
        }
        Path configuration = folder.resolve("fontconfig.properties");
        try {
            Files.writeString(
                    configuration,
                    "version=1\nallfonts.latin-1=Paper\nsequence.allfonts=latin-1\nfilename.Paper="
                            + regular.toAbsolutePath().toString().replace("\\", "\\\\") + "\n",
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + configuration + ".", e);
        }
        System.setProperty(FONT_CONFIGURATION, configuration.toAbsolutePath().toString());
    }

    private static Font read(Path file) {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
        } catch (FontFormatException e) {
            throw new IllegalStateException(file + " is not a font.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ".", e);
        }
    }
}
