package jp.musubi.common.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Where the built front end lies; the names carry their content's hash, so that browsers may keep them for ever. */
@Component
public class Assets {

    static final String LIST = "/musubi-assets.properties";

    private final Properties names = new Properties();

    Assets() {
        try (InputStream list = Assets.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(
                        "The front end has not been built: " + LIST + " is missing. Run ./musubi run or mvn compile.");
            }
            names.load(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The address of an asset.
     *
     * @param name e.g. {@code app.js}, as listed in build.mjs
     */
    public String url(String name) {
        String file = names.getProperty(name);
        if (file == null) {
            throw new IllegalArgumentException(
                    "There is no asset \"" + name + "\". Maybe one of " + names.stringPropertyNames() + "?");
        }
        return "/assets/" + file;
    }

    /** The address of one icon of the sprite. */
    public String icon(String name) {
        return url("icons.svg") + "#" + name;
    }
}
