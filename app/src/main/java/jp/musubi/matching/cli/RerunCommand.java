package jp.musubi.matching.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import jp.musubi.Musubi;
import jp.musubi.common.cli.CannotRun;
import jp.musubi.common.cli.CommandLine;
import jp.musubi.common.cli.Installation;
import jp.musubi.common.cli.Options;
import jp.musubi.common.cli.ServingFile;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.matching.web.PlanReruns;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code plan --rerun NUMBER}: makes a plan of an installation again from what it was made from, and compares line by
 * line. If the data folder is being served, the running server does it. Nothing is changed.
 *
 * <p>Standard output holds one line of JSON; the exit code is 1 if the plan came out differently.
 */
final class RerunCommand {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;

    RerunCommand(PrintStream out) {
        this.out = out;
    }

    int run(Options options) {
        int number = number(options.value("--rerun").orElse(""));
        Installation installation = Installation.from(options);
        try {
            Optional<ServingFile> server = ServingFile.find(installation.data());
            JsonNode answer = server.isPresent()
                    ? ask(server.get(), options.value("--response"), number)
                    : rerunHere(installation, options.value("--response"), number);
            out.println(answer);
            out.flush();
            return answer.path("identical").asBoolean() ? CommandLine.DONE : CommandLine.FAILED;
        } catch (IOException e) {
            throw new CannotRun("Plan " + number + " cannot be made again: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted; nothing was changed.");
        }
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new WrongCall("--rerun wants the number of a plan, e.g. 3, but was \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    private static JsonNode ask(ServingFile server, Optional<String> response, int number)
            throws IOException, InterruptedException {
        String prefix = response.map(code -> "/r/" + URLEncoder.encode(code, StandardCharsets.UTF_8))
                .orElse("");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(server.address() + prefix + "/api/v1/plans/" + number + "/rerun"))
                                .header("Authorization", "Bearer " + server.secret())
                                .header("Accept", "application/json")
                                .header("Accept-Language", "en")
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() == 404 || answer.statusCode() == 409) {
            JsonNode problem = JSON.readTree(answer.body());
            String words = problem.path("title").asString() + ". "
                    + problem.path("detail").asString();
            throw answer.statusCode() == 404 ? new WrongCall(words) : new CannotRun(words);
        }
        if (answer.statusCode() != 200) {
            throw new CannotRun("The running Musubi answered with status " + answer.statusCode() + ".");
        }
        return JSON.readTree(answer.body());
    }

    private static JsonNode rerunHere(Installation installation, Optional<String> code, int number) throws IOException {
        Map<String, Object> properties = installation.properties();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("musubi.inbox.watch", false);
        properties.put("musubi.inbox.take-up", false);
        properties.put("musubi.ledger.seal-every-seconds", 0);
        properties.put("musubi.ledger.expire-every-seconds", 0);
        try (ConfigurableApplicationContext context = start(properties)) {
            Response response = response(context.getBean(Responses.class), code);
            return JSON.valueToTree(context.getBean(PlanReruns.class)
                    .again(response.id(), number)
                    .orElseThrow(() -> new WrongCall("There is no plan " + number + " in " + response.code() + ".")));
        } catch (IllegalArgumentException e) {
            throw new CannotRun(String.valueOf(e.getMessage()));
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> properties) {
        try {
            return new SpringApplicationBuilder(Musubi.class)
                    .bannerMode(Banner.Mode.OFF)
                    .properties(properties)
                    .run();
        } catch (RuntimeException e) {
            throw CannotRun.starting(e, properties);
        }
    }

    private static Response response(Responses responses, Optional<String> code) {
        return code.map(wanted -> responses
                        .findByCode(wanted)
                        .orElseThrow(() -> new WrongCall("There is no response \"" + wanted + "\".")))
                .or(() -> responses.listResponses().stream().findFirst())
                .orElseThrow(() -> new CannotRun("This installation has no response yet, and so no plan."));
    }
}
