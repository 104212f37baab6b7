package jp.musubi.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCipherTest {

    private final ContentCipher cipher;

    ContentCipherTest(@TempDir Path folder) {
        cipher = new ContentCipher(new DataFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void givesBackWhatWasSealedWhateverItsSize(int size) throws IOException {
        byte[] content = content(size);

        assertThat(cipher.decrypting(new ByteArrayInputStream(sealed(content))).readAllBytes())
                .isEqualTo(content);
    }

    @Test
    void noticesAChangedByte() throws IOException {
        byte[] sealed = sealed(content(1000));
        sealed[500] ^= 1;

        assertThatThrownBy(() ->
                        cipher.decrypting(new ByteArrayInputStream(sealed)).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void noticesThatTheLastFrameIsMissing() throws IOException {
        byte[] sealed = sealed(content(70_000));
        byte[] cutAtAFrame = Arrays.copyOf(sealed, 7 + 65_536 + 16);

        assertThatThrownBy(() ->
                        cipher.decrypting(new ByteArrayInputStream(cutAtAFrame)).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(cipher.seal("毛布 300枚")).isNotEqualTo(cipher.seal("毛布 300枚"));
        assertThat(cipher.unseal(cipher.seal("毛布 300枚"))).isEqualTo("毛布 300枚");
    }

    private byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = cipher.encrypting(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(20110311).nextBytes(content);
        return content;
    }
}
