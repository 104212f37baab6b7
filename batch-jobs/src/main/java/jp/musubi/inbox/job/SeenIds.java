package jp.musubi.inbox.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The external ids of one file and the line on which each came first. Ids are kept as 64-bit hashes with open
 * addressing; from {@value #LARGEST_ON_HEAP} slots on, in a mapped work file instead of the heap, so that a file of tens
 * of millions of rows is checked in little memory. Two different ids of one file collide with a probability below
 * n²/2⁶⁵ (one in 90,000 for 20 million rows); such a row is rejected, not lost.
 */
final class SeenIds implements Closeable {

    private static final int LARGEST_ON_HEAP = 1 << 20;
    private static final int MOST_SLOTS = 1 << 26;

    private final Path workFolder;
    private int slots = 1 << 12;
    private LongBuffer table = LongBuffer.allocate(2 * slots);
    private long size;
    private Path mapped = Path.of("");

    SeenIds(Path workFolder) {
        this.workFolder = workFolder;
    }

    /** Notes an id; the line on which it came before, or 0 if it is new. */
    long firstLine(String id, long line) throws IOException {
        if (size * 3 > slots * 2L) {
            grow();
        }
        long hash = hash(id);
        int slot = slotOf(table, slots, hash);
        if (table.get(2 * slot) == hash) {
            return table.get(2 * slot + 1);
        }
        table.put(2 * slot, hash);
        table.put(2 * slot + 1, line);
        size++;
        return 0;
    }

    private void grow() throws IOException {
        if (slots == MOST_SLOTS) {
            throw new UnreadableTable(
                    "too-many-rows",
                    "行が多すぎます。ファイルを分けて送ってください。そこまでの行は読み込みました。",
                    "The file has too many rows. Split it; the rows so far were read.");
        }
        int larger = slots * 2;
        LongBuffer target;
        Path file = Path.of("");
        if (larger <= LARGEST_ON_HEAP) {
            target = LongBuffer.allocate(2 * larger);
        } else {
            file = Files.createTempFile(workFolder, "seen", ".part");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, 16L * larger);
                target = bytes.asLongBuffer();
            }
        }
        for (int i = 0; i < slots; i++) {
            long hash = table.get(2 * i);
            if (hash != 0) {
                int slot = slotOf(target, larger, hash);
                target.put(2 * slot, hash);
                target.put(2 * slot + 1, table.get(2 * i + 1));
            }
        }
        dropFile();
        mapped = file;
        table = target;
        slots = larger;
    }

    private static int slotOf(LongBuffer table, int slots, long hash) {
        int slot = (int) (hash >>> 20) & (slots - 1);
        while (table.get(2 * slot) != 0 && table.get(2 * slot) != hash) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot;
    }

    /** FNV-1a over the characters, mixed as in MurmurHash3; never 0. */
    private static long hash(String id) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            h = (h ^ id.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        return h == 0 ? 1 : h;
    }

    private void dropFile() throws IOException {
        if (!mapped.toString().isEmpty()) {
            Files.deleteIfExists(mapped);
            mapped = Path.of("");
        }
    }

    @Override
    public void close() throws IOException {
        dropFile();
    }
}
