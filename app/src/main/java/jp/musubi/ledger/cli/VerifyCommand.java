package jp.musubi.ledger.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.Musubi;
import jp.musubi.common.BilingualText;
import jp.musubi.common.cli.CannotRun;
import jp.musubi.common.cli.CommandLine;
import jp.musubi.common.cli.Installation;
import jp.musubi.common.cli.Options;
import jp.musubi.common.cli.ServingFile;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.ledger.LedgerReport;
import jp.musubi.ledger.LedgerVerification;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code verify}: reads the whole ledger again and names every row that was changed, deleted or slipped in. If the data
 * folder is being served, the running server does it.
 */
public final class VerifyCommand {

    public static final List<String> OPTIONS = List.of("--data=", "--db=");

    private final PrintStream out;
    private final PrintStream err;

    public VerifyCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public int run(Options options) {
        if (!options.words().isEmpty()) {
            throw new WrongCall("verify wants no further words, but got " + String.join(" ", options.words()) + ".");
        }
        Installation installation = Installation.from(options);
        try {
            Optional<ServingFile> server = ServingFile.find(installation.data());
            return report(server.isPresent() ? ask(server.get()) : verifyHere(installation));
        } catch (IOException e) {
            throw new CannotRun("The check failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted; nothing was changed.");
        }
    }

    private int report(LedgerReport report) {
        out.printf(
                Locale.ROOT,
                "%,d postings, %,d movements, %,d lots, %,d balances, %,d blocks; %,d postings not sealed yet%n",
                report.postings(),
                report.movements(),
                report.lots(),
                report.balances(),
                report.blocks(),
                report.unsealed());
        report.findings()
                .forEach(finding -> err.println(finding.row() + ": [" + finding.code() + "] "
                        + finding.message().en()));
        if (report.isSound()) {
            out.println("The ledger is sound.");
            return CommandLine.DONE;
        }
        err.printf(
                Locale.ROOT,
                "%,d findings. The rows above are not as they were written.%n",
                report.findings().size());
        return CommandLine.FAILED;
    }

    private static LedgerReport verifyHere(Installation installation) {
        Map<String, Object> properties = installation.properties();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("musubi.inbox.watch", false);
        properties.put("musubi.inbox.take-up", false);
        properties.put("musubi.ledger.seal-every-seconds", 0);
        properties.put("musubi.ledger.expire-every-seconds", 0);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Musubi.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .run()) {
            return context.getBean(LedgerVerification.class).verify();
        } catch (RuntimeException e) {
            throw CannotRun.starting(e, properties);
        }
    }

    private static LedgerReport ask(ServingFile server) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/ledger/verification"))
                                .header("Authorization", "Bearer " + server.secret())
                                .header("Accept", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new CannotRun("The running Musubi answered with status " + answer.statusCode() + ".");
        }
        JsonNode json = new JsonMapper().readTree(answer.body());
        return new LedgerReport(
                json.path("postings").asLong(),
                json.path("movements").asLong(),
                json.path("lots").asLong(),
                json.path("balances").asLong(),
                json.path("blocks").asLong(),
                json.path("unsealed").asLong(),
                json.path("findings")
                        .valueStream()
                        .map(finding -> new LedgerReport.Finding(
                                finding.path("code").asString(),
                                finding.path("row").asString(),
                                BilingualText.of(
                                        finding.path("message").path("ja").asString(),
                                        finding.path("message").path("en").asString())))
                        .toList());
    }
}
