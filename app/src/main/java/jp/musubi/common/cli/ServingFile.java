package jp.musubi.common.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * The file {@code serving.properties} in a data folder that is being served: where the server listens, and the secret
 * with which commands on the same machine speak to it. Only the folder's owner can read it.
 *
 * @param address e.g. {@code http://localhost:8080}
 * @param secret the bearer token of the operator
 * @param process the server's process id
 */
public record ServingFile(String address, String secret, long process) {

    private static final String NAME = "serving.properties";

    /** The server that serves this data folder now, if there is one. */
    public static Optional<ServingFile> find(Path data) throws IOException {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        long process = Long.parseLong(properties.getProperty("process", "0"));
        if (ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false)) {
            return Optional.of(new ServingFile(
                    properties.getProperty("address", ""), properties.getProperty("secret", ""), process));
        }
        return Optional.empty();
    }

    /** Speaks to this server. One that was started with {@code --tls} is known by the certificate in the data folder. */
    public HttpClient client(Path data) throws IOException {
        return address.startsWith("https:")
                ? HttpClient.newBuilder()
                        .sslContext(OwnCertificate.trusted(data))
                        .build()
                : HttpClient.newHttpClient();
    }

    public void write(Path data) throws IOException {
        Path file = data.resolve(NAME);
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                file,
                "address=" + address + "\nsecret=" + secret + "\nprocess=" + process + "\n",
                StandardCharsets.UTF_8);
    }

    public static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }
}
