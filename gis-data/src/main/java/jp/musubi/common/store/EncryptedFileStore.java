package jp.musubi.common.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import jp.musubi.common.FileStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files in the data folder, named by the hash of their content, encrypted with the installation's key. */
@Component
class EncryptedFileStore implements FileStore {

    private final Path folder;
    private final ContentCipher cipher;
    private final JdbcClient jdbc;
    private final Clock clock;

    EncryptedFileStore(DataFolder data, ContentCipher cipher, JdbcClient jdbc, Clock clock) {
        this.folder = data.folder("files");
        this.cipher = cipher;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public StoredFile keepForGood(InputStream content, String mediaType) throws IOException {
        StoredFile kept = keep(content, mediaType);
        jdbc.sql("UPDATE stored_file SET for_good = TRUE WHERE id = ?")
                .param(kept.id())
                .update();
        return kept;
    }

    @Override
    public StoredFile keep(InputStream content, String mediaType) throws IOException {
        Path arriving = Files.createTempFile(folder, "arriving", ".part");
        try {
            MessageDigest digest = sha256();
            long size = 0;
            try (OutputStream out = cipher.encrypting(new BufferedOutputStream(Files.newOutputStream(arriving)))) {
                byte[] buffer = new byte[1 << 16];
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    digest.update(buffer, 0, n);
                    out.write(buffer, 0, n);
                    size += n;
                }
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            Path target = pathOf(hash);
            Files.createDirectories(target.getParent());
            Files.move(arriving, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return register(hash, size, mediaType);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    private StoredFile register(String hash, long size, String mediaType) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        INSERT INTO stored_file (content_hash, size_bytes, media_type, stored_at)
                        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""").params(hash, size, mediaType, now).update();
        jdbc.sql("UPDATE stored_file SET stored_at = ?, deleted_at = NULL WHERE content_hash = ?")
                .params(now, hash)
                .update();
        return jdbc.sql("SELECT id, content_hash, size_bytes, media_type FROM stored_file WHERE content_hash = ?")
                .param(hash)
                .query((row, n) -> new StoredFile(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)))
                .single();
    }

    @Override
    public InputStream open(String contentHash) throws IOException {
        if (!contentHash.matches("[0-9a-f]{64}")) {
            throw new NoSuchFileException(contentHash);
        }
        return cipher.decrypting(Files.newInputStream(pathOf(contentHash)));
    }

    @Override
    public void forget(String contentHash) throws IOException {
        Files.deleteIfExists(pathOf(contentHash));
        jdbc.sql("UPDATE stored_file SET deleted_at = ? WHERE content_hash = ? AND deleted_at IS NULL")
                .params(Timestamp.from(clock.instant()), contentHash)
                .update();
    }

    private Path pathOf(String hash) {
        return folder.resolve(hash.substring(0, 2)).resolve(hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
