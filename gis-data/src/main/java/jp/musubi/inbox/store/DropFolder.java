package jp.musubi.inbox.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.common.store.DataFolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder into which people and other programs put files, and where the originals stay for a while. */
@Component
public class DropFolder {

    /** Beside a file: where it goes once the inbox has it. */
    public static final String DONE = ".done";

    /** Beside a file: where it goes if it belongs nowhere. */
    public static final String FAILED = ".failed";

    /** When a file was moved, at the beginning of its name. */
    public static final String MOVED_AT = "yyyyMMdd-HHmmssSSS";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(MOVED_AT);

    private final Path folder;
    private final Clock clock;
    private final Duration retention;

    DropFolder(DataFolder data, Clock clock, @Value("${musubi.inbox.retention:P90D}") Duration retention) {
        this.folder = data.folder("inbox");
        this.clock = clock;
        this.retention = retention;
    }

    public Path path() {
        return folder;
    }

    /**
     * Deletes the originals, received or set aside, whose retention has ended.
     *
     * @return how many there were
     */
    public int endRetention() throws IOException {
        Instant oldest = clock.instant().minus(retention);
        List<Path> moved;
        try (Stream<Path> all = Files.walk(folder)) {
            moved = all.filter(DropFolder::isSetAside).toList();
        }
        int deleted = 0;
        for (Path file : moved) {
            if (movedAt(file).isBefore(oldest) && Files.deleteIfExists(file)) {
                deleted++;
            }
        }
        return deleted;
    }

    private static boolean isSetAside(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String beside = file.getName(file.getNameCount() - 2).toString();
        return beside.equals(DONE) || beside.equals(FAILED);
    }

    /** A moved file is as old as before, so its name counts; a reason beside it was written when it says. */
    private static Instant movedAt(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            return LocalDateTime.parse(name.substring(0, Math.min(MOVED_AT.length(), name.length())), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException e) {
            return Files.getLastModifiedTime(file).toInstant();
        }
    }
}
