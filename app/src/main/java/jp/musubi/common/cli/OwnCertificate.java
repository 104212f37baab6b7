package jp.musubi.common.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The certificate that {@code --tls} makes once, so that phones on the same network may use camera and offline pages. */
final class OwnCertificate {

    private OwnCertificate() {}

    static Map<String, Object> properties(Path data) {
        try {
            Path keys = Files.createDirectories(data.resolve("keys"));
            Path store = keys.resolve("tls.p12");
            Path password = keys.resolve("tls.password");
            if (!Files.exists(store)) {
                make(store, password);
            }
            return Map.of(
                    "server.ssl.key-store",
                    store.toUri().toString(),
                    "server.ssl.key-store-type",
                    "PKCS12",
                    "server.ssl.key-store-password",
                    Files.readString(password));
        } catch (IOException e) {
            throw new CannotRun("Cannot make the certificate for --tls: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted while making the certificate for --tls.");
        }
    }

    private static void make(Path store, Path password) throws IOException, InterruptedException {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        Files.writeString(password, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "musubi",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "825",
                        "-dname",
                        "CN=Musubi",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:file",
                        password.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said.strip());
        }
    }
}
