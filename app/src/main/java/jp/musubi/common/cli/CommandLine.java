package jp.musubi.common.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import jp.musubi.inbox.cli.ImportBench;
import jp.musubi.inbox.cli.ImportCommand;
import jp.musubi.ledger.cli.VerifyCommand;
import jp.musubi.matching.cli.PlanCommand;

/**
 * Chooses the command. Exit codes: 0 done, 1 failed, 2 wrong call, 3 done but rows were rejected.
 */
public final class CommandLine {

    /** What {@link #run} returns when a server goes on running. */
    public static final int KEEPS_RUNNING = -1;

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_CALL = 2;
    public static final int ROWS_REJECTED = 3;

    private static final String USAGE = """
            Musubi

              run [--port 8080] [--data DIR] [--scenario tohoku-2011|tohoku-2011:large|none] [--db JDBC-URL]
                  [--tls] [--public-url URL]
              signin USER [--data DIR]
              verify [--data DIR] [--db JDBC-URL]
              backup FILE [--data DIR] [--db JDBC-URL]
              restore FILE [--data DIR] [--db JDBC-URL]
              plan --communities FILE --needs FILE --stock FILE --out FILE [--policy FILE] [--now TIME]
                  [--travel great-circle|roads] [--prices FILE] [--threads N]
              plan --rerun NUMBER [--data DIR] [--db JDBC-URL] [--response ID]
              import KIND FILE… [--data DIR] [--db JDBC-URL] [--response ID] [--source NAME]
              bench import [--rows N] [--db JDBC-URL]
            """;

    private CommandLine() {}

    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length == 0 || List.of("help", "--help", "-h").contains(arguments[0])) {
            out.print(USAGE);
            return arguments.length == 0 ? WRONG_CALL : DONE;
        }
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "run" -> new RunCommand(out).run(Options.parse(rest, RunCommand.OPTIONS));
                case "import" -> new ImportCommand(out, err).run(Options.parse(rest, ImportCommand.OPTIONS));
                case "bench" -> bench(rest, out);
                case "plan" -> PlanCommand.run(rest, out, err);
                case "verify" -> new VerifyCommand(out, err).run(Options.parse(rest, VerifyCommand.OPTIONS));
                case "backup" -> new BackupCommand(out).backup(Options.parse(rest, BackupCommand.OPTIONS));
                case "restore" -> new BackupCommand(out).restore(Options.parse(rest, BackupCommand.OPTIONS));
                case "signin" -> new SignInCommand(out).run(Options.parse(rest, SignInCommand.OPTIONS));
                default -> throw new WrongCall("There is no command \"" + arguments[0] + "\".\n\n" + USAGE);
            };
        } catch (WrongCall e) {
            err.println(e.getMessage());
            return WRONG_CALL;
        } catch (CannotRun e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static int bench(String[] words, PrintStream out) {
        String name = words.length == 0 ? "" : words[0];
        String[] rest = words.length == 0 ? words : Arrays.copyOfRange(words, 1, words.length);
        return switch (name) {
            case "import" -> new ImportBench(out).run(Options.parse(rest, ImportBench.OPTIONS));
            default -> throw new WrongCall("bench wants a NAME: import.");
        };
    }
}
