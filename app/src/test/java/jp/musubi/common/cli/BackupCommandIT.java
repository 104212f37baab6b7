package jp.musubi.common.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.common.store.Backup;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.response.web.FirstStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
class BackupCommandIT {

    private final MockMvc mvc;
    private final OperatorSecret operator;
    private final FirstStart firstStart;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    BackupCommandIT(WebApplicationContext context, OperatorSecret operator, FirstStart firstStart) {
        mvc = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
        this.operator = operator;
        this.firstStart = firstStart;
    }

    @Test
    void whatTheServerGivesCanBeRestoredOnALaptopAndBackedUpThere() throws Exception {
        firstStart.prepare("none", line -> {});
        Path fromServer = folder.resolve("server.zip");
        Files.write(
                fromServer,
                mvc.perform(get("/api/v1/backup").header("Authorization", "Bearer " + operator.value()))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray());
        Path laptop = folder.resolve("laptop");

        assertThat(run("restore", fromServer, laptop)).isEqualTo(CommandLine.DONE);
        Path again = folder.resolve("laptop.zip");
        assertThat(run("backup", again, laptop)).isEqualTo(CommandLine.DONE);

        Backup.Contents before = Backup.contentsOf(fromServer);
        assertThat(before.rows()).isPositive();
        assertThat(Backup.contentsOf(again).rows()).isEqualTo(before.rows());
        assertThat(run("restore", fromServer, laptop)).isEqualTo(CommandLine.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("in use already");
    }

    @Test
    void nobodyElseGetsIt() throws Exception {
        mvc.perform(get("/api/v1/backup")).andExpect(status().isUnauthorized());
    }

    @Test
    void saysInOneLineWhatIsMissing() throws Exception {
        Path existing = Files.writeString(folder.resolve("there"), "");

        assertThat(run("backup", existing, folder.resolve("data"))).isEqualTo(CommandLine.FAILED);
        assertThat(run("backup", folder.resolve("new"), folder.resolve("data"))).isEqualTo(CommandLine.FAILED);
        assertThat(run("restore", folder.resolve("nothing"), folder.resolve("data")))
                .isEqualTo(CommandLine.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("exists already"),
                        line -> assertThat(line).contains("There is no database in"),
                        line -> assertThat(line).startsWith("Cannot read"));
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private int run(String command, Path file, Path data) {
        return CommandLine.run(
                new String[] {command, file.toString(), "--data", data.toString()},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
