package jp.musubi.common.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder in which this installation keeps everything that is not in a database server. */
@Component
public class DataFolder {

    private final Path root;

    DataFolder(@Value("${musubi.data}") Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** A folder below the root; made if it is missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + name + " in the data folder " + root + ".", e);
        }
    }
}
