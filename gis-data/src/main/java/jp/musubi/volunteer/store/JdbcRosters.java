package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.SealedJson;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.ActivityId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.AssignmentState;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.OpenSeatCause;
import jp.musubi.volunteer.RosterDraft;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Ban;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.RosterReasons;
import jp.musubi.volunteer.Rosters;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.SeatReason;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What rosters are made from, and the rosters, in the database. */
@Component
class JdbcRosters implements Rosters {

    static final SealedJson<OpenSeatCause> CAUSE = new SealedJson<>(OpenSeatCause.class);

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final SealedPeople people;
    private final JdbcShifts shifts;
    private final JdbcVolunteers volunteers;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcRosters(JdbcClient jdbc, BulkRows bulk, SealedPeople people, JdbcShifts shifts, JdbcVolunteers volunteers) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.people = people;
        this.shifts = shifts;
        this.volunteers = volunteers;
    }

    /** An assignment as far as planning looks at it. */
    private record Placed(
            long shift, long activity, LocalDate day, long volunteer, int line, AssignmentState state, boolean locked) {

        boolean isFixed() {
            return state.isDecided() || (state == AssignmentState.PROPOSED && locked);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public RosterProblem read(ResponseId response, LocalDate firstDay, LocalDate lastDay) {
        List<OpenShift> open = openShifts(response, firstDay, lastDay);
        Set<ShiftId> planned = new HashSet<>();
        open.forEach(shift -> planned.add(shift.id()));
        List<Seat> fixed = new ArrayList<>();
        Set<Ban> bans = new HashSet<>();
        Set<Ban> before = new HashSet<>();
        Map<Long, Set<LocalDate>> worked = new HashMap<>();
        Map<Long, Set<ActivityId>> known = new HashMap<>();
        Set<String> absent = new HashSet<>();
        for (Placed placed : placed(response)) {
            ShiftId shift = new ShiftId(placed.shift());
            VolunteerId person = new VolunteerId(placed.volunteer());
            if (placed.state() == AssignmentState.NO_SHOW) {
                // Whoever did not come is not counted on for the rest of that day.
                absent.add(placed.volunteer() + " " + placed.day());
            } else if (placed.state() == AssignmentState.WITHDRAWN) {
                bans.add(new Ban(person, shift));
            } else if (!planned.contains(shift)) {
                if (placed.isFixed()) {
                    worked.computeIfAbsent(placed.volunteer(), key -> new HashSet<>())
                            .add(placed.day());
                }
            } else if (placed.isFixed()) {
                fixed.add(new Seat(person, shift, placed.line()));
            } else {
                before.add(new Ban(person, shift));
            }
            if (placed.state() == AssignmentState.CHECKED_IN || placed.state() == AssignmentState.CHECKED_OUT) {
                known.computeIfAbsent(placed.volunteer(), key -> new HashSet<>())
                        .add(new ActivityId(placed.activity()));
            }
        }
        bans.addAll(listBans(response));
        return new RosterProblem(
                RosterPolicy.STANDARD,
                candidates(response, firstDay, lastDay, worked, known, absent),
                open,
                fixed,
                bans,
                before);
    }

    private List<OpenShift> openShifts(ResponseId response, LocalDate firstDay, LocalDate lastDay) {
        Map<Long, List<SeatLine>> lines = seatsOf(response, firstDay, lastDay);
        return jdbc.sql("""
                        SELECT * FROM shift_place
                         WHERE response_id = :response AND held_on BETWEEN :first AND :last AND cancelled_at IS NULL
                         ORDER BY id""")
                .param("response", response.value())
                .param("first", Date.valueOf(firstDay))
                .param("last", Date.valueOf(lastDay))
                .query((row, n) -> {
                    @Nullable Double latitude = row.getObject("latitude", Double.class);
                    long id = row.getLong("id");
                    return new OpenShift(
                            new ShiftId(id),
                            new ActivityId(row.getLong("activity_id")),
                            JdbcShifts.time(row),
                            row.getInt("priority"),
                            !row.getString("risks").isEmpty(),
                            row.getBoolean("continuity"),
                            latitude == null
                                    ? Optional.empty()
                                    : Optional.of(new Position(latitude, row.getDouble("longitude"))),
                            lines.getOrDefault(id, List.of()),
                            row.getInt("least_people"),
                            Optional.ofNullable(row.getString("leader_skill")).flatMap(Skill::findByCode));
                })
                .list();
    }

    private Map<Long, List<SeatLine>> seatsOf(ResponseId response, LocalDate firstDay, LocalDate lastDay) {
        return shifts.seats(
                "shift_id IN (SELECT id FROM shift WHERE response_id = ? AND held_on BETWEEN ? AND ?)",
                response.value(),
                Date.valueOf(firstDay),
                Date.valueOf(lastDay));
    }

    private List<Placed> placed(ResponseId response) {
        return jdbc.sql("""
                        SELECT a.shift_id, s.activity_id, s.held_on, a.volunteer_id, a.line_no, a.state, a.locked
                          FROM assignment a JOIN shift s ON s.id = a.shift_id
                         WHERE a.response_id = ? ORDER BY a.id""")
                .param(response.value())
                .query((row, n) -> new Placed(
                        row.getLong(1),
                        row.getLong(2),
                        row.getDate(3).toLocalDate(),
                        row.getLong(4),
                        row.getInt(5),
                        AssignmentState.valueOf(row.getString(6)),
                        row.getBoolean(7)))
                .list();
    }

    private List<Ban> listBans(ResponseId response) {
        return jdbc.sql("""
                        SELECT b.volunteer_id, b.shift_id FROM roster_ban b JOIN shift s ON s.id = b.shift_id
                         WHERE s.response_id = ?""")
                .param(response.value())
                .query((row, n) -> new Ban(new VolunteerId(row.getLong(1)), new ShiftId(row.getLong(2))))
                .list();
    }

    private record Registered(long id, @Nullable String team, int radiusKm, boolean minor, boolean consent) {}

    private List<Candidate> candidates(
            ResponseId response,
            LocalDate firstDay,
            LocalDate lastDay,
            Map<Long, Set<LocalDate>> worked,
            Map<Long, Set<ActivityId>> known,
            Set<String> absent) {
        Map<Long, List<HeldSkill>> skills = volunteers.skills(JdbcVolunteers.OF_RESPONSE, response.value());
        Map<Long, Map<LocalDate, Set<HalfDay>>> days = volunteers.days(
                JdbcVolunteers.OF_RESPONSE + " AND free_on BETWEEN ? AND ?",
                response.value(),
                Date.valueOf(firstDay),
                Date.valueOf(lastDay));
        days.forEach((id, free) -> free.keySet().removeIf(day -> absent.contains(id + " " + day)));
        Map<VolunteerId, VolunteerPerson> persons = people.all(response);
        return jdbc
                .sql("""
                        SELECT id, team, radius_km, minor, consent FROM volunteer
                         WHERE response_id = ? AND withdrawn_at IS NULL ORDER BY id""")
                .param(response.value())
                .query((row, n) -> new Registered(
                        row.getLong(1), row.getString(2), row.getInt(3), row.getBoolean(4), row.getBoolean(5)))
                .list()
                .stream()
                .map(one -> new Candidate(
                        new VolunteerId(one.id()),
                        Optional.ofNullable(one.team()),
                        skills.getOrDefault(one.id(), List.of()),
                        Optional.ofNullable(persons.get(new VolunteerId(one.id())))
                                .flatMap(VolunteerPerson::home),
                        one.radiusKm(),
                        one.minor(),
                        !one.minor() || one.consent(),
                        Availability.of(days.getOrDefault(one.id(), Map.of())),
                        worked.getOrDefault(one.id(), Set.of()),
                        known.getOrDefault(one.id(), Set.of())))
                .toList();
    }

    @Override
    @Transactional
    public Head keep(RosterDraft draft) {
        long response = draft.response().value();
        jdbc.sql("SELECT id FROM response WHERE id = ? FOR UPDATE")
                .param(response)
                .query(Long.class)
                .single();
        int number = jdbc.sql("SELECT coalesce(max(number), 0) + 1 FROM roster WHERE response_id = ?")
                .param(response)
                .query(Integer.class)
                .single();
        int seats = draft.problem().shifts().stream().mapToInt(OpenShift::seats).sum();
        jdbc.sql("""
                        INSERT INTO roster (response_id, number, made_by, made_at, as_of, first_day, last_day, policy_version,
                               engine, input_hash, people, shifts, seats, filled, worth, bound, solve_millis)
                        VALUES (:response, :number, :by, :madeAt, :asOf, :first, :last, :policy, :engine, :hash, :people,
                                :shifts, :seats, :filled, :worth, :bound, :millis)""")
                .param("response", response)
                .param("number", number)
                .param("by", draft.by().map(PersonId::value).orElse(null))
                .param("madeAt", Timestamp.from(draft.madeAt()))
                .param("asOf", Timestamp.from(draft.asOf()))
                .param("first", Date.valueOf(draft.firstDay()))
                .param("last", Date.valueOf(draft.lastDay()))
                .param("policy", draft.problem().policy().version())
                .param("engine", draft.engine())
                .param("hash", draft.inputHash())
                .param("people", draft.problem().people().size())
                .param("shifts", draft.problem().shifts().size())
                .param("seats", seats)
                .param("filled", draft.roster().seats().size())
                .param("worth", draft.roster().worth())
                .param("bound", draft.roster().bound())
                .param("millis", draft.solveTime().toMillis())
                .update();
        Head head = findNewest(draft.response()).orElseThrow();
        replaceProposals(draft, head.id());
        List<@Nullable Object[]> open = new ArrayList<>();
        for (RosterReasons.OpenSeats each : draft.open()) {
            open.add(new Object[] {head.id(), each.shift().value(), each.line(), each.count(), CAUSE.write(each.cause())
            });
        }
        bulk.insert("roster_open_seat", "roster_id, shift_id, line_no, open_seats, cause_json", open);
        return head;
    }

    private void replaceProposals(RosterDraft draft, long roster) {
        jdbc.sql("""
                        DELETE FROM assignment WHERE response_id = :response AND state = 'PROPOSED' AND NOT locked
                           AND shift_id IN (SELECT id FROM shift WHERE response_id = :response
                                             AND held_on BETWEEN :first AND :last)""")
                .param("response", draft.response().value())
                .param("first", Date.valueOf(draft.firstDay()))
                .param("last", Date.valueOf(draft.lastDay()))
                .update();
        // What people decided while the solver worked: their day, or their word about that shift.
        Map<String, Integer> onLine = new HashMap<>();
        Set<String> busy = new HashSet<>();
        Set<Ban> said = new HashSet<>();
        for (Placed placed : placed(draft.response())) {
            said.add(new Ban(new VolunteerId(placed.volunteer()), new ShiftId(placed.shift())));
            if (placed.state().holdsSeat()) {
                busy.add(placed.volunteer() + " " + placed.day());
                onLine.merge(placed.shift() + "/" + placed.line(), 1, Integer::sum);
            }
        }
        Set<Long> cancelled =
                new HashSet<>(jdbc.sql("SELECT id FROM shift WHERE response_id = ? AND cancelled_at IS NOT NULL")
                        .param(draft.response().value())
                        .query(Long.class)
                        .list());
        Map<ShiftId, OpenShift> shiftOf = new LinkedHashMap<>();
        draft.problem().shifts().forEach(shift -> shiftOf.put(shift.id(), shift));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Seat seat : draft.roster().seats()) {
            OpenShift shift = shiftOf.get(seat.shift());
            if (shift == null
                    || said.contains(new Ban(seat.person(), seat.shift()))
                    || cancelled.contains(seat.shift().value())) {
                continue;
            }
            String line = seat.shift().value() + "/" + seat.line();
            int most = shift.lines().stream()
                    .filter(each -> each.number() == seat.line())
                    .mapToInt(SeatLine::seats)
                    .sum();
            if (!busy.add(seat.person().value() + " " + shift.time().day())
                    || onLine.merge(line, 1, Integer::sum) > most) {
                continue;
            }
            @Nullable SeatReason reason = draft.reasons().get(seat);
            rows.add(new @Nullable Object[] {
                draft.response().value(),
                seat.shift().value(),
                seat.person().value(),
                seat.line(),
                AssignmentState.PROPOSED.name(),
                false,
                roster,
                reason == null ? null : json.writeValueAsString(reason),
                draft.madeAt(),
                0L
            });
        }
        bulk.insert(
                "assignment",
                "response_id, shift_id, volunteer_id, line_no, state, locked, roster_id, reason_json, changed_at, version",
                rows);
    }

    private static final String HEADS = """
            SELECT id, number, made_by, made_at, as_of, first_day, last_day, policy_version, engine, input_hash, people,
                   shifts, seats, filled, worth, bound, solve_millis
              FROM roster WHERE response_id = ? ORDER BY number DESC""";

    @Override
    @Transactional(readOnly = true)
    public Optional<Head> findNewest(ResponseId response) {
        return listHeads(response).stream().findFirst();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Head> listHeads(ResponseId response) {
        return jdbc.sql(HEADS)
                .param(response.value())
                .query((row, n) -> new Head(
                        row.getLong(1),
                        row.getInt(2),
                        Optional.ofNullable(row.getObject(3, Long.class)).map(PersonId::new),
                        row.getTimestamp(4).toInstant(),
                        row.getTimestamp(5).toInstant(),
                        row.getDate(6).toLocalDate(),
                        row.getDate(7).toLocalDate(),
                        row.getInt(8),
                        row.getString(9),
                        row.getString(10),
                        row.getInt(11),
                        row.getInt(12),
                        row.getInt(13),
                        row.getInt(14),
                        row.getLong(15),
                        row.getDouble(16),
                        row.getLong(17)))
                .list();
    }
}
