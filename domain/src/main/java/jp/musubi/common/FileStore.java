package jp.musubi.common;

import java.io.IOException;
import java.io.InputStream;

/**
 * Port: one content-addressed store for every file that comes in or goes out. The same content is kept once. Content is
 * encrypted at rest.
 */
public interface FileStore {

    /** Reads {@code content} to its end and keeps it. */
    StoredFile keep(InputStream content, String mediaType) throws IOException;

    /** The same for what must stay for as long as the installation: no retention ends it. */
    StoredFile keepForGood(InputStream content, String mediaType) throws IOException;

    /**
     * The content of a kept file.
     *
     * @throws java.nio.file.NoSuchFileException if it was never kept or its retention has ended
     */
    InputStream open(String contentHash) throws IOException;

    /** Deletes the content for good; what the file was stays known. Does nothing if it is gone already. */
    void forget(String contentHash) throws IOException;

    /**
     * A file in the store.
     *
     * @param contentHash SHA-256 of the content, 64 hex digits
     * @param sizeBytes size of the content
     */
    record StoredFile(long id, String contentHash, long sizeBytes, String mediaType) {}
}
