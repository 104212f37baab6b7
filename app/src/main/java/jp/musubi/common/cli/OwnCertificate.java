package jp.musubi.common.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate that {@code --tls} makes once, so that phones on the same network may use camera and offline pages.
 * Commands on the same machine know the server by it, and by nothing else.
 */
final class OwnCertificate {

    private static final String ALIAS = "musubi";

    private OwnCertificate() {}

    static Map<String, Object> properties(Path data) {
        try {
            Path store = store(data);
            Path password = password(data);
            Files.createDirectories(store.getParent());
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

    /** Trusts the server that holds this folder's certificate, and no other. */
    static SSLContext trusted(Path data) throws IOException {
        try (InputStream in = Files.newInputStream(store(data))) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, Files.readString(password(data)).toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + store(data) + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Path store(Path data) {
        return data.resolve("keys").resolve("tls.p12");
    }

    private static Path password(Path data) {
        return data.resolve("keys").resolve("tls.password");
    }

    private static void make(Path store, Path password) throws IOException, InterruptedException {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        Files.deleteIfExists(password);
        if (password.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(password, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
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
