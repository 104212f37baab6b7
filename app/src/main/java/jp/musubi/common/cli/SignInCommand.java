package jp.musubi.common.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** {@code signin USER}: prints a one-time link, made by the running server. */
final class SignInCommand {

    static final List<String> OPTIONS = List.of("--data=");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final PrintStream out;

    SignInCommand(PrintStream out) {
        this.out = out;
    }

    int run(Options options) {
        if (options.words().size() != 1) {
            throw new WrongCall("signin wants one USER, e.g. ./musubi signin coordinator");
        }
        String user = options.words().get(0);
        Installation installation = Installation.from(options);
        try {
            ServingFile server = ServingFile.find(installation.data())
                    .orElseThrow(() -> new CannotRun("No Musubi is serving " + installation.data()
                            + ". Start it with ./musubi run, or name the folder with --data DIR."));
            HttpResponse<String> answer = server.client(installation.data())
                    .send(
                            HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/sign-in-links"))
                                    .header("Authorization", "Bearer " + server.secret())
                                    .header("Content-Type", "text/plain; charset=utf-8")
                                    .POST(HttpRequest.BodyPublishers.ofString(user))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                throw new CannotRun("Nobody here has the login \"" + user + "\". /admin lists who does.");
            }
            if (answer.statusCode() != 200 || !TOKEN.matcher(answer.body()).matches()) {
                throw new CannotRun("The server did not make a link (status " + answer.statusCode() + ").");
            }
            out.println(server.address() + "/signin/" + answer.body());
            return CommandLine.DONE;
        } catch (IOException e) {
            throw new CannotRun("Cannot reach the running Musubi: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted.");
        }
    }
}
