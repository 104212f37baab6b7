package jp.musubi.common.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import jp.musubi.inbox.cli.ImportCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a server with the certificate of {@code --tls}; what it answers does not matter here. */
class ServedWithTlsTest {

    private static final String SECRET = "secret-of-this-start";
    private static final String TOKEN = "t".repeat(43);

    @TempDir
    private Path data;

    @TempDir
    private Path elsewhere;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certified(data)));
        server.createContext("/api/v1/sign-in-links", exchange -> answer(exchange, TOKEN));
        server.createContext(
                "/api/v1/imports",
                exchange -> answer(
                        exchange,
                        "{\"id\":7,\"settled\":true,\"state\":\"DONE\",\"rowsRead\":1,\"rowsCreated\":1,\"message\":null}"));
        server.start();
        new ServingFile(
                        "https://localhost:" + server.getAddress().getPort(),
                        SECRET,
                        ProcessHandle.current().pid())
                .write(data);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void signsInAndImportsThroughTheCertificateInTheDataFolder() throws IOException {
        Path file = Files.writeString(elsewhere.resolve("needs.csv"), "need_id\nN-1\n");

        assertThat(new SignInCommand(out())
                        .run(Options.parse(
                                new String[] {"coordinator", "--data", data.toString()}, SignInCommand.OPTIONS)))
                .isEqualTo(CommandLine.DONE);
        assertThat(new ImportCommand(out(), out())
                        .run(Options.parse(
                                new String[] {"needs", file.toString(), "--data", data.toString()},
                                ImportCommand.OPTIONS)))
                .isEqualTo(CommandLine.DONE);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("/signin/" + TOKEN)
                .contains("needs.csv: 1 rows read, 1 new");
    }

    @Test
    void speaksToNobodyWhoHoldsAnotherCertificate() throws IOException {
        OwnCertificate.properties(elsewhere);
        ServingFile impostor = ServingFile.find(data).orElseThrow();

        assertThatThrownBy(() -> impostor.client(elsewhere)
                        .send(
                                HttpRequest.newBuilder(URI.create(impostor.address() + "/api/v1/imports"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void keepsTheKeysPasswordFromOtherUsers() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("keys").resolve("tls.password"))))
                .isEqualTo("rw-------");
    }

    private static SSLContext certified(Path data) throws Exception {
        Map<String, Object> properties = OwnCertificate.properties(data);
        char[] password =
                String.valueOf(properties.get("server.ssl.key-store-password")).toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in =
                Files.newInputStream(Path.of(URI.create(String.valueOf(properties.get("server.ssl.key-store")))))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean known = ("Bearer " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private PrintStream out() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }
}
