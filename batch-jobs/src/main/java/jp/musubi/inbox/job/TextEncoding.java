package jp.musubi.inbox.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds out how a text file is encoded: by its byte order mark, else UTF-8 if all of the sample is, else CP932
 * (Windows' Shift_JIS), else EUC-JP. A sample with a few broken bytes among many good ones keeps its encoding; the rows
 * with the broken bytes are rejected one by one.
 */
final class TextEncoding {

    /** What Japanese Windows calls Shift_JIS. */
    static final Charset CP932 = Charset.forName("windows-31j");

    private static final long SAMPLE_BYTES = 64L << 20;

    /** So many bytes beyond ASCII tell encodings apart. */
    private static final long ENOUGH_WIDE_BYTES = 256L << 10;

    private TextEncoding() {}

    /** Reads at most the first 64 MiB, less if much of it is beyond ASCII; once more, if it is not all UTF-8. */
    static Charset detect(TableOpener.Content content) throws IOException {
        Trial utf8 = new Trial(StandardCharsets.UTF_8);
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(3);
            if (starts(head, 0xef, 0xbb, 0xbf)) {
                return StandardCharsets.UTF_8;
            }
            if (starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff)) {
                return StandardCharsets.UTF_16;
            }
        }
        sample(content, List.of(utf8));
        if (utf8.broken == 0) {
            return utf8.charset;
        }
        Trial cp932 = new Trial(CP932);
        Trial eucJp = new Trial(Charset.forName("EUC-JP"));
        sample(content, List.of(cp932, eucJp));
        Trial best = utf8;
        for (Trial trial : List.of(cp932, eucJp)) {
            if (best.broken > 0 && trial.broken * 4 < best.broken) {
                best = trial;
            }
        }
        if (best.broken > 20 && best.broken * 20 > best.wide) {
            throw new UnreadableTable(
                    "broken-encoding",
                    "文字コードがわかりません。UTF-8 か Shift_JIS で保存し直してください。",
                    "The text encoding cannot be recognised. Save the file as UTF-8 or Shift_JIS and send it again.");
        }
        return best.charset;
    }

    private static void sample(TableOpener.Content content, List<Trial> trials) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long wide = 0;
        long seen = 0;
        try (InputStream in = content.open()) {
            for (int n = in.readNBytes(buffer, 0, buffer.length);
                    n > 0 && seen < SAMPLE_BYTES && wide < ENOUGH_WIDE_BYTES;
                    n = in.readNBytes(buffer, 0, buffer.length)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == 0) {
                        throw new UnreadableTable(
                                "not-a-table",
                                "文字のファイルではありません。CSV か XLSX で保存して送ってください。",
                                "This is not a text file. Save it as CSV or XLSX and send it again.");
                    }
                    wide += buffer[i] < 0 ? 1 : 0;
                }
                if (wide > 0) {
                    for (Trial trial : trials) {
                        trial.feed(buffer, n);
                    }
                }
                seen += n;
            }
        }
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Decodes the sample with one charset and counts what is broken. */
    private static final class Trial {

        private final Charset charset;
        private final CharsetDecoder decoder;
        private final CharBuffer chars = CharBuffer.allocate(1 << 14);
        private byte[] rest = new byte[0];
        private long broken;
        private long wide;

        Trial(Charset charset) {
            this.charset = charset;
            this.decoder = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        void feed(byte[] bytes, int length) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + length)
                    .put(rest)
                    .put(bytes, 0, length)
                    .flip();
            while (true) {
                chars.clear();
                CoderResult result = decoder.decode(in, chars, false);
                for (int i = 0; i < chars.position(); i++) {
                    if (chars.get(i) > 0x7f) {
                        wide++;
                    }
                }
                if (result.isError()) {
                    broken++;
                    in.position(in.position() + result.length());
                } else if (result.isUnderflow()) {
                    break;
                }
            }
            rest = new byte[in.remaining()];
            in.get(rest);
        }
    }
}
