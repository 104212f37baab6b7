package jp.musubi.training.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Edits;
import jp.musubi.response.ResponseId;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.training.CohortId;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.CohortBoard.Line;
import jp.musubi.training.store.CohortBoard.Person;
import jp.musubi.training.store.Looks;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Who may see what of training. A cohort belongs to a municipality and to an office; readers see those their grants reach.
 * Who people are, and how each is doing, is for trainers of that office and region; municipalities see counts. Each look at
 * people is written down.
 */
@Component
class TrainingAccess {

    private final CohortBoard board;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Edits history;

    TrainingAccess(CohortBoard board, CurrentActor actor, CurrentResponse response, Edits history) {
        this.board = board;
        this.actor = actor;
        this.response = response;
        this.history = history;
    }

    private Scope scope(Line cohort) {
        Scope there = Scope.of(responseId()).inMunicipality(cohort.municipalityCode());
        return cohort.office().map(there::forOrganisation).orElse(there);
    }

    ResponseId responseId() {
        return response.get().id();
    }

    boolean sees(Line cohort) {
        return actor.mayDo(Action.VIEW_TRAINING, scope(cohort));
    }

    /** Whether the reader works with these people. */
    boolean worksWith(Line cohort) {
        return actor.mayDo(Action.EDIT_TRAINING, scope(cohort));
    }

    /** The cohorts the reader may see, the newest first. */
    List<Line> listCohorts() {
        return board.listCohorts(responseId()).stream().filter(this::sees).toList();
    }

    /** A cohort the reader may see. */
    Line cohort(long id) {
        Line cohort = board.findCohort(responseId(), new CohortId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        actor.require(Action.VIEW_TRAINING, scope(cohort));
        return cohort;
    }

    /** A cohort whose people the reader works with. */
    Line ownCohort(long id) {
        Line cohort = cohort(id);
        actor.require(Action.EDIT_TRAINING, scope(cohort));
        return cohort;
    }

    /** A trainee the reader works with, and the cohort. */
    record Found(Person person, Line cohort) {}

    Found trainee(long id) {
        Person person = board.findPerson(responseId(), new TraineeId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        return new Found(person, ownCohort(person.cohort().value()));
    }

    void noteLookAt(TraineeId id) {
        history.record(Optional.of(responseId()), Looks.PERSON, id.value(), "view", Map.of(), Map.of());
    }

    void noteLookAt(CohortId id) {
        history.record(Optional.of(responseId()), Looks.COHORT, id.value(), "view", Map.of(), Map.of());
    }
}
