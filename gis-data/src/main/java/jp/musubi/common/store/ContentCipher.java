package jp.musubi.common.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts what must not lie readable on the disk, with AES-256-GCM and a key of this installation in the data folder.
 *
 * <p>A stream is cut into frames of 64 KiB, each sealed on its own with nonce = 7 random bytes of the stream, 4 bytes
 * frame number and 1 byte "last frame" (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so
 * that files of any size are read in little memory, and frames that are missing, swapped or cut off are noticed.
 */
@Component
public class ContentCipher {

    private static final int FRAME = 1 << 16;
    private static final int TAG_BYTES = 16;
    private static final int PREFIX_BYTES = 7;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    ContentCipher(DataFolder data) {
        this.key = new SecretKeySpec(readOrMakeKey(data.folder("keys").resolve("content.key")), "AES");
    }

    /** Seals a short text, e.g. a rejected value. */
    public String seal(String plain) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = encrypting(bytes)) {
                out.write(plain.getBytes(StandardCharsets.UTF_8));
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens what {@link #seal} made. */
    public String unseal(String sealed) {
        try (InputStream in =
                decrypting(new ByteArrayInputStream(Base64.getDecoder().decode(sealed)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OutputStream encrypting(OutputStream sink) throws IOException {
        byte[] prefix = new byte[PREFIX_BYTES];
        random.nextBytes(prefix);
        sink.write(prefix);
        return new Sealing(new DataOutputStream(sink), prefix);
    }

    InputStream decrypting(InputStream source) throws IOException {
        byte[] prefix = source.readNBytes(PREFIX_BYTES);
        if (prefix.length < PREFIX_BYTES) {
            throw new EOFException("A stored file is cut off.");
        }
        return new Opening(new DataInputStream(source), prefix);
    }

    private byte[] frame(int mode, byte[] prefix, int number, boolean last, byte[] text, int length)
            throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(12)
                    .put(prefix)
                    .putInt(number)
                    .put((byte) (last ? 1 : 0))
                    .array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            return cipher.doFinal(text, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("A stored file was changed, cut off, or belongs to another key.", e);
        }
    }

    private static byte[] readOrMakeKey(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                try {
                    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                        Files.createFile(
                                file,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    } else {
                        Files.createFile(file);
                    }
                    Files.write(file, fresh, StandardOpenOption.WRITE);
                } catch (FileAlreadyExistsException e) {
                    return Files.readAllBytes(file);
                }
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != 32) {
                throw new IllegalStateException("The key " + file + " has " + key.length
                        + " bytes instead of 32. Maybe restore it from a backup?");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the key " + file + ".", e);
        }
    }

    private final class Sealing extends OutputStream {

        private final DataOutputStream sink;
        private final byte[] prefix;
        private final byte[] buffer = new byte[FRAME];
        private int filled;
        private int number;
        private boolean closed;

        Sealing(DataOutputStream sink, byte[] prefix) {
            this.sink = sink;
            this.prefix = prefix;
        }

        @Override
        public void write(int b) throws IOException {
            if (filled == FRAME) {
                emit(false);
            }
            buffer[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (filled == FRAME) {
                    emit(false);
                }
                int n = Math.min(left, FRAME - filled);
                System.arraycopy(bytes, at, buffer, filled, n);
                filled += n;
                at += n;
                left -= n;
            }
        }

        private void emit(boolean last) throws IOException {
            sink.write(frame(Cipher.ENCRYPT_MODE, prefix, number++, last, buffer, filled));
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                emit(true);
                sink.close();
            }
        }
    }

    private final class Opening extends InputStream {

        private final DataInputStream source;
        private final byte[] prefix;
        private byte[] sealed;
        private byte[] plain = new byte[0];
        private int at;
        private int number;
        private boolean finished;

        Opening(DataInputStream source, byte[] prefix) throws IOException {
            this.source = source;
            this.prefix = prefix;
            this.sealed = source.readNBytes(FRAME + TAG_BYTES);
        }

        @Override
        public int read() throws IOException {
            return fill() ? plain[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, plain.length - at);
            System.arraycopy(plain, at, bytes, from, n);
            at += n;
            return n;
        }

        private boolean fill() throws IOException {
            while (at == plain.length && !finished) {
                byte[] next = source.readNBytes(FRAME + TAG_BYTES);
                finished = next.length == 0;
                plain = frame(Cipher.DECRYPT_MODE, prefix, number++, finished, sealed, sealed.length);
                sealed = next;
                at = 0;
            }
            return at < plain.length;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
