package jp.musubi.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.common.store.DataFolder;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.SealedHead;
import org.springframework.stereotype.Component;

/** Appends heads to {@code ledger/heads.txt} in the data folder: one line per block, number and hash. */
@Component
class FileSealedHead implements SealedHead {

    private final DataFolder data;

    FileSealedHead(DataFolder data) {
        this.data = data;
    }

    @Override
    public synchronized void note(Head head) {
        try {
            Files.writeString(
                    file(),
                    head.number() + " " + head.hash() + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note the ledger's head in " + file() + ".", e);
        }
    }

    @Override
    public synchronized List<Head> listHeads() {
        if (!Files.exists(file())) {
            return List.of();
        }
        try {
            List<Head> heads = new ArrayList<>();
            for (String line : Files.readAllLines(file(), StandardCharsets.US_ASCII)) {
                String[] parts = line.split(" ", -1);
                // A line that a crash cut short says nothing; the next one says it again.
                if (parts.length == 2 && parts[1].matches("[0-9a-f]{64}")) {
                    heads.add(new Head(Long.parseLong(parts[0]), Hash.parse(parts[1])));
                }
            }
            return heads;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the ledger's heads in " + file() + ".", e);
        }
    }

    private Path file() {
        return data.folder("ledger").resolve("heads.txt");
    }
}
