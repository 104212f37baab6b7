package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.ledger.ActivityId;
import jp.musubi.ledger.LotId;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.AssignmentId;
import jp.musubi.volunteer.AssignmentState;
import jp.musubi.volunteer.Assignments;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.RosterConflict;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.Volunteers.Edit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decisions about single seats in the database. The rows of shift and person are locked first, so that
 * no seat is given twice and nobody gets two. */
@Component
class JdbcAssignments implements Assignments {

    private static final String AGGREGATE = "assignment";

    private final JdbcClient jdbc;
    private final Shifts shifts;
    private final Volunteers volunteers;
    private final LedgerHours hours;
    private final ChangeLog changes;
    private final Clock clock;

    JdbcAssignments(
            JdbcClient jdbc, Shifts shifts, Volunteers volunteers, LedgerHours hours, ChangeLog changes, Clock clock) {
        this.jdbc = jdbc;
        this.shifts = shifts;
        this.volunteers = volunteers;
        this.hours = hours;
        this.changes = changes;
        this.clock = clock;
    }

    private record Row(
            long id,
            long shift,
            long volunteer,
            int line,
            AssignmentState state,
            boolean locked,
            @Nullable Instant checkedInAt,
            @Nullable Instant checkedOutAt,
            @Nullable Long lot,
            long version) {

        Seat seat() {
            return new Seat(new VolunteerId(volunteer), new ShiftId(shift), line);
        }

        boolean isMovable() {
            return state == AssignmentState.PROPOSED || state == AssignmentState.CONFIRMED;
        }
    }

    private static final String ROWS = """
            SELECT id, shift_id, volunteer_id, line_no, state, locked, checked_in_at, checked_out_at, lot_id, version
              FROM assignment WHERE\s""";

    private List<Row> rows(String where, Object... values) {
        return jdbc.sql(ROWS + where)
                .params(values)
                .query((row, n) -> new Row(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(4),
                        AssignmentState.valueOf(row.getString(5)),
                        row.getBoolean(6),
                        instant(row.getTimestamp(7)),
                        instant(row.getTimestamp(8)),
                        row.getObject(9, Long.class),
                        row.getLong(10)))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /** Locks the row, and before it its shift and person. Empty if it is not there, or not as it was seen. */
    private Optional<Row> locked(Seen seen) {
        List<Row> known = rows("id = ?", seen.id().value());
        lock(known.stream().map(Row::shift), known.stream().map(Row::volunteer));
        return lockedRow(seen);
    }

    private Optional<Row> lockedRow(Seen seen) {
        return rows("id = ? FOR UPDATE", seen.id().value()).stream()
                .filter(row -> seen.isStill(row.version()))
                .findFirst();
    }

    /** First shifts, then people, each in the order of their ids, whoever comes from where. */
    private void lock(Stream<Long> shiftIds, Stream<Long> people) {
        shiftIds.sorted().distinct().forEach(id -> lock("shift", id));
        people.sorted().distinct().forEach(id -> lock("volunteer", id));
    }

    private void lock(String table, long id) {
        jdbc.sql("SELECT id FROM " + table + " WHERE id = ? FOR UPDATE")
                .param(id)
                .query(Long.class)
                .optional();
    }

    @Override
    @Transactional
    public Result put(VolunteerId person, ShiftId shift, int line, Edit edit) {
        lock(Stream.of(shift.value()), Stream.of(person.value()));
        if (rows("shift_id = ? AND volunteer_id = ?", shift.value(), person.value()).stream()
                .anyMatch(row -> row.state().holdsSeat() && !row.isMovable())) {
            return new Result.Overtaken();
        }
        Optional<RosterConflict.Kind> conflict = conflict(new Seat(person, shift, line), Set.of());
        if (conflict.isPresent()) {
            return new Result.Refused(conflict.get());
        }
        return new Result.Done(store(new Seat(person, shift, line), AssignmentState.PROPOSED, "put", edit));
    }

    @Override
    @Transactional
    public Result move(Seen seen, ShiftId shift, int line, Edit edit) {
        List<Row> known = rows("id = ?", seen.id().value());
        lock(
                Stream.concat(known.stream().map(Row::shift), Stream.of(shift.value())),
                known.stream().map(Row::volunteer));
        Optional<Row> row = lockedRow(seen);
        if (row.isEmpty() || !row.get().isMovable()) {
            return new Result.Overtaken();
        }
        Seat seat = new Seat(new VolunteerId(row.get().volunteer()), shift, line);
        Optional<RosterConflict.Kind> conflict = conflict(seat, Set.of(seen.id().value()));
        if (conflict.isPresent()) {
            return new Result.Refused(conflict.get());
        }
        delete(row.get());
        return new Result.Done(store(seat, row.get().state(), "move", edit));
    }

    @Override
    @Transactional
    public Result swap(Seen one, Seen other, Edit edit) {
        List<Row> both = rows("id IN (?, ?)", one.id().value(), other.id().value());
        lock(both.stream().map(Row::shift), both.stream().map(Row::volunteer));
        Optional<Row> first = lockedRow(one);
        Optional<Row> second = lockedRow(other);
        if (first.isEmpty()
                || second.isEmpty()
                || !first.get().isMovable()
                || !second.get().isMovable()
                || one.id().equals(other.id())) {
            return new Result.Overtaken();
        }
        Seat firstThere = new Seat(
                new VolunteerId(first.get().volunteer()),
                new ShiftId(second.get().shift()),
                second.get().line());
        Seat secondThere = new Seat(
                new VolunteerId(second.get().volunteer()),
                new ShiftId(first.get().shift()),
                first.get().line());
        Set<Long> gone = Set.of(one.id().value(), other.id().value());
        Optional<RosterConflict.Kind> conflict = conflict(firstThere, gone).or(() -> conflict(secondThere, gone));
        if (conflict.isPresent()) {
            return new Result.Refused(conflict.get());
        }
        delete(first.get());
        delete(second.get());
        AssignmentId now = store(firstThere, first.get().state(), "swap", edit);
        store(secondThere, second.get().state(), "swap", edit);
        return new Result.Done(now);
    }

    @Override
    @Transactional
    public Result lock(Seen seen, boolean lock, Edit edit) {
        return locked(seen)
                .filter(row -> row.state() == AssignmentState.PROPOSED)
                .<Result>map(row -> {
                    jdbc.sql("UPDATE assignment SET locked = ?, changed_at = ?, version = version + 1 WHERE id = ?")
                            .params(lock, Timestamp.from(edit.at()), seen.id().value())
                            .update();
                    record(row, lock ? "lock" : "unlock", edit);
                    return new Result.Done(seen.id());
                })
                .orElseGet(Result.Overtaken::new);
    }

    @Override
    @Transactional
    public Result become(Seen seen, AssignmentState state, Edit edit) {
        Optional<Row> row = locked(seen);
        if (row.isEmpty()
                || !row.get().state().mayBecome(state)
                || state == AssignmentState.CHECKED_IN
                || state == AssignmentState.CHECKED_OUT) {
            return new Result.Overtaken();
        }
        if (state.holdsSeat() && !row.get().state().holdsSeat()) {
            Optional<RosterConflict.Kind> conflict = conflict(row.get().seat(), Set.of());
            if (conflict.isPresent()) {
                return new Result.Refused(conflict.get());
            }
        }
        jdbc.sql("""
                        UPDATE assignment SET state = ?, locked = FALSE, checked_in_at = NULL, changed_at = ?,
                               version = version + 1
                         WHERE id = ?""")
                .params(state.name(), Timestamp.from(edit.at()), seen.id().value())
                .update();
        record(row.get(), state.name(), edit);
        return new Result.Done(seen.id());
    }

    @Override
    @Transactional
    public Result checkIn(Seen seen, Instant at, Edit edit) {
        Optional<Row> row = locked(seen);
        if (row.isEmpty() || !row.get().state().mayBecome(AssignmentState.CHECKED_IN)) {
            return row.isPresent() && row.get().checkedInAt() != null
                    ? new Result.Done(seen.id())
                    : new Result.Overtaken();
        }
        jdbc.sql("""
                        UPDATE assignment SET state = 'CHECKED_IN', checked_in_at = ?, changed_at = ?, version = version + 1
                         WHERE id = ?""")
                .params(Timestamp.from(at), Timestamp.from(edit.at()), seen.id().value())
                .update();
        record(row.get(), "CHECKED_IN", edit);
        return new Result.Done(seen.id());
    }

    @Override
    @Transactional
    public Result checkOut(Seen seen, Instant at, Edit edit) {
        Optional<Row> row = locked(seen);
        if (row.isEmpty()) {
            return new Result.Overtaken();
        }
        if (row.get().state() == AssignmentState.CHECKED_OUT) {
            return new Result.Done(seen.id());
        }
        @Nullable Instant in = row.get().checkedInAt();
        if (row.get().state() != AssignmentState.CHECKED_IN || in == null || at.isBefore(in)) {
            return new Result.Overtaken();
        }
        book(row.get(), Duration.between(in, at), 1, edit);
        jdbc.sql(
                        "UPDATE assignment SET state = 'CHECKED_OUT', checked_out_at = ?, changed_at = ?, version = version + 1"
                                + " WHERE id = ?")
                .params(Timestamp.from(at), Timestamp.from(edit.at()), seen.id().value())
                .update();
        record(row.get(), "CHECKED_OUT", edit);
        return new Result.Done(seen.id());
    }

    @Override
    @Transactional
    public Result correctWork(Seen seen, Duration worked, Edit edit) {
        Optional<Row> row = locked(seen);
        if (row.isEmpty() || row.get().lot() == null || row.get().checkedInAt() == null) {
            return new Result.Overtaken();
        }
        ResponseId response = response(row.get().shift());
        hours.takeBack(response, new LotId(row.get().lot()), edit);
        int time = 1
                + jdbc.sql("SELECT count(*) FROM change WHERE aggregate = ? AND aggregate_id = ? AND action = ?")
                        .params(AGGREGATE, seen.id().value(), "correct-work")
                        .query(Integer.class)
                        .single();
        book(row.get(), worked, time + 1, edit);
        jdbc.sql("UPDATE assignment SET checked_out_at = ?, changed_at = ?, version = version + 1 WHERE id = ?")
                .params(
                        Timestamp.from(row.get().checkedInAt().plus(worked)),
                        Timestamp.from(edit.at()),
                        seen.id().value())
                .update();
        record(row.get(), "correct-work", edit);
        return new Result.Done(seen.id());
    }

    private void book(Row row, Duration worked, int time, Edit edit) {
        Volunteer volunteer = volunteers.find(new VolunteerId(row.volunteer())).orElseThrow();
        long activity = jdbc.sql("SELECT activity_id FROM shift WHERE id = ?")
                .param(row.shift())
                .query(Long.class)
                .single();
        LotId lot = hours.book(
                volunteer.response(),
                new AssignmentId(row.id()),
                volunteer.externalId(),
                new ActivityId(activity),
                worked,
                time,
                volunteer.derived(),
                edit);
        jdbc.sql("UPDATE assignment SET lot_id = ? WHERE id = ?")
                .params(lot.value(), row.id())
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<AssignmentId> find(ShiftId shift, VolunteerId person) {
        return rows("shift_id = ? AND volunteer_id = ?", shift.value(), person.value()).stream()
                .findFirst()
                .map(row -> new AssignmentId(row.id()));
    }

    private ResponseId response(long shift) {
        return new ResponseId(jdbc.sql("SELECT response_id FROM shift WHERE id = ?")
                .param(shift)
                .query(Long.class)
                .single());
    }

    private void delete(Row row) {
        jdbc.sql("DELETE FROM check_event WHERE assignment_id = ?")
                .param(row.id())
                .update();
        jdbc.sql("DELETE FROM assignment WHERE id = ?").param(row.id()).update();
    }

    /** Stores a seat that was decided by people, reviving what was given up there. */
    private AssignmentId store(Seat seat, AssignmentState state, String action, Edit edit) {
        ResponseId response = response(seat.shift().value());
        boolean locked = state == AssignmentState.PROPOSED;
        int revived = jdbc.sql("""
                        UPDATE assignment SET state = :state, locked = :locked, line_no = :line, reason_json = NULL,
                               roster_id = NULL, changed_at = :at, version = version + 1
                         WHERE shift_id = :shift AND volunteer_id = :person""")
                .param("state", state.name())
                .param("locked", locked)
                .param("line", seat.line())
                .param("at", Timestamp.from(edit.at()))
                .param("shift", seat.shift().value())
                .param("person", seat.person().value())
                .update();
        if (revived == 0) {
            jdbc.sql("""
                            INSERT INTO assignment (response_id, shift_id, volunteer_id, line_no, state, locked, changed_at,
                                   version)
                            VALUES (:response, :shift, :person, :line, :state, :locked, :at, 0)""")
                    .param("response", response.value())
                    .param("shift", seat.shift().value())
                    .param("person", seat.person().value())
                    .param("line", seat.line())
                    .param("state", state.name())
                    .param("locked", locked)
                    .param("at", Timestamp.from(edit.at()))
                    .update();
        }
        Row row = rows(
                        "shift_id = ? AND volunteer_id = ?",
                        seat.shift().value(),
                        seat.person().value())
                .get(0);
        record(row, action, edit);
        return new AssignmentId(row.id());
    }

    /**
     * What forbids the seat, asked of the same rules that bind what people fix for a roster, with everything else the
     * person and the line hold.
     *
     * @param without assignments that are given up for it
     */
    private Optional<RosterConflict.Kind> conflict(Seat seat, Set<Long> without) {
        Optional<Shifts.Kept> target = shifts.find(seat.shift());
        Optional<Volunteer> person = volunteers.find(seat.person());
        if (target.isEmpty()
                || person.isEmpty()
                || target.get().cancelled()
                || person.get().withdrawnAt().isPresent()
                || !target.get().response().equals(person.get().response())) {
            return Optional.of(RosterConflict.Kind.UNKNOWN);
        }
        List<SeatLine> lines = target.get().row().lines();
        long held = rows("shift_id = ? AND line_no = ?", seat.shift().value(), seat.line()).stream()
                .filter(row -> row.state().holdsSeat()
                        && !without.contains(row.id())
                        && row.volunteer() != seat.person().value())
                .count();
        if (lines.stream().anyMatch(line -> line.number() == seat.line() && held >= line.seats())) {
            return Optional.of(RosterConflict.Kind.NO_SEAT);
        }
        Map<Long, OpenShift> around = new HashMap<>();
        around.put(seat.shift().value(), openShift(target.get()));
        List<Seat> fixed = new ArrayList<>(List.of(seat));
        LocalDate day = target.get().row().time().day();
        int reach = RosterPolicy.STANDARD.maxConsecutiveDays() + 1;
        List<Long> own = jdbc.sql("""
                        SELECT a.id FROM assignment a JOIN shift s ON s.id = a.shift_id
                         WHERE a.volunteer_id = :person AND s.held_on BETWEEN :first AND :last""")
                .param("person", seat.person().value())
                .param("first", Date.valueOf(day.minusDays(reach)))
                .param("last", Date.valueOf(day.plusDays(reach)))
                .query(Long.class)
                .list();
        for (long each : own) {
            Row row = rows("id = ?", each).get(0);
            if (row.state().holdsSeat()
                    && !without.contains(each)
                    && row.shift() != seat.shift().value()) {
                shifts.find(new ShiftId(row.shift())).ifPresent(kept -> around.put(row.shift(), openShift(kept)));
                fixed.add(row.seat());
            }
        }
        Volunteer who = person.get();
        Candidate candidate = new Candidate(
                who.id(),
                Optional.empty(),
                who.details().skills(),
                Optional.empty(),
                who.details().radiusKm(),
                who.details().minor(),
                !who.details().minor() || who.details().consent(),
                who.details().availability(),
                Set.of(),
                Set.of());
        RosterProblem problem = new RosterProblem(
                RosterPolicy.STANDARD, List.of(candidate), List.copyOf(around.values()), fixed, Set.of(), Set.of());
        return Fitness.listConflicts(problem).stream().map(RosterConflict::kind).findFirst();
    }

    private static OpenShift openShift(Shifts.Kept kept) {
        ShiftRow row = kept.row();
        return new OpenShift(
                kept.id(),
                new ActivityId(0),
                row.time(),
                row.priority(),
                !row.risks().isEmpty(),
                row.continuity(),
                Optional.empty(),
                row.lines(),
                1,
                Optional.empty());
    }

    private void record(Row row, String action, Edit edit) {
        changes.record(new Change(
                Optional.of(response(row.shift())),
                AGGREGATE,
                row.id(),
                action,
                Optional.empty(),
                Optional.of("{\"shift\":" + row.shift() + ",\"volunteer\":" + row.volunteer() + ",\"line\":"
                        + row.line() + "}"),
                edit.by(),
                Optional.empty(),
                clock.instant()));
    }
}
