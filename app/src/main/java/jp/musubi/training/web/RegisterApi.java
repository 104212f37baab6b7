package jp.musubi.training.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.training.Edit;
import jp.musubi.training.Mark;
import jp.musubi.training.Registers;
import jp.musubi.training.Registers.Cell;
import jp.musubi.training.SessionId;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.CohortBoard;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Marks as the grid, or a program, sends them. */
@RestController
@Requires(Action.EDIT_TRAINING)
class RegisterApi {

    private static final int MOST_CELLS = 5_000;

    private final Registers registers;
    private final TrainingAccess access;
    private final CurrentActor actor;
    private final Clock realTime;

    RegisterApi(Registers registers, TrainingAccess access, CurrentActor actor, Clock realTime) {
        this.registers = registers;
        this.access = access;
        this.actor = actor;
        this.realTime = realTime;
    }

    /**
     * A cell.
     *
     * @param was the sign the writer saw; blank = none
     * @param mark the sign or word now; blank = none
     */
    record SentCell(
            long trainee,
            long session,
            @Nullable String was,
            @Nullable String mark) {}

    record Sent(List<SentCell> cells) {}

    /** A cell that could not be written: unknown mark, or changed by somebody else. */
    record Refused(long trainee, long session, String reason, String now) {}

    record Written(int written, List<Refused> refused) {}

    @PostMapping("/api/v1/cohorts/{id:\\d+}/marks")
    Written write(@PathVariable long id, @RequestBody Sent sent) {
        CohortBoard.Line cohort = access.ownCohort(id);
        if (sent.cells().size() > MOST_CELLS) {
            throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.too-many", MOST_CELLS);
        }
        List<Refused> refused = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (SentCell cell : sent.cells()) {
            String mark = text(cell.mark());
            if (!mark.isEmpty() && Mark.find(mark).isEmpty()) {
                refused.add(new Refused(cell.trainee(), cell.session(), "unknown-mark", text(cell.was())));
                continue;
            }
            cells.add(new Cell(
                    new TraineeId(cell.trainee()),
                    new SessionId(cell.session()),
                    Mark.find(text(cell.was())),
                    Mark.find(mark)));
        }
        List<Registers.Conflict> conflicts;
        try {
            conflicts = registers.write(cohort.id(), cells, new Edit(actor.person(), realTime.instant()));
        } catch (IllegalArgumentException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.not-of-cohort");
        }
        conflicts.forEach(conflict -> refused.add(new Refused(
                conflict.trainee().value(),
                conflict.session().value(),
                "changed-meanwhile",
                conflict.now().map(Mark::sign).orElse(""))));
        return new Written(cells.size() - conflicts.size(), refused);
    }

    private static String text(@Nullable String cell) {
        return Optional.ofNullable(cell).orElse("").strip();
    }
}
