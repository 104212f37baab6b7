package jp.musubi.identity.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import jp.musubi.common.store.Backup;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole installation as one file, for the command {@code backup} on the same machine and for nobody else. */
@RestController
class BackupApi {

    private final CurrentActor actor;
    private final Backup backup;

    BackupApi(CurrentActor actor, Backup backup) {
        this.actor = actor;
        this.backup = backup;
    }

    @GetMapping("/api/v1/backup")
    @Requires(Action.ADMINISTER)
    void write(HttpServletResponse response) throws IOException, SQLException {
        actor.require(Action.ADMINISTER, Scope.installation());
        if (actor.person().isPresent()) {
            // The file holds the keys: whoever may have it can read the data folder anyway.
            throw new NotAllowed(Action.ADMINISTER);
        }
        response.setContentType("application/zip");
        backup.write(response.getOutputStream());
    }
}
