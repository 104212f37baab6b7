package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerDetails;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.Volunteers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The registry of volunteers in the database. */
@Component
class JdbcVolunteers implements Volunteers, RowStore<VolunteerRow> {

    /** The source of people who are typed in here. */
    private static final String OWN_SOURCE = "musubi";

    private static final String AGGREGATE = "volunteer";
    private static final String COLUMNS =
            "response_id, source, external_id, derived, team, languages, radius_km, minor,"
                    + " consent, registered_at, feed_id, feed_sheet, feed_line, content_hash, version";

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final SealedPeople people;
    private final ChangeLog changes;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcVolunteers(JdbcClient jdbc, BulkRows bulk, SealedPeople people, ChangeLog changes, Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.people = people;
        this.changes = changes;
        this.clock = clock;
    }

    private record Known(long id, String contentHash) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<VolunteerRow>> rows) {
        Map<String, Known> known = known(
                context.responseId(),
                context.source(),
                rows.stream().map(ImportedRow::externalId).toList());
        List<ImportedRow<VolunteerRow>> fresh = new ArrayList<>();
        int unchanged = 0;
        int corrected = 0;
        for (ImportedRow<VolunteerRow> row : rows) {
            Known before = known.get(row.externalId());
            String hash = ReferenceFile.hashOf(row.value().contentText());
            if (before == null) {
                fresh.add(row);
            } else if (before.contentHash().equals(hash)) {
                unchanged++;
            } else {
                VolunteerId id = new VolunteerId(before.id());
                Optional<Volunteer> was = find(id);
                update(id, row.value(), hash);
                record(
                        context.responseId(),
                        id,
                        "correct",
                        was.map(Volunteer::details),
                        Optional.of(row.value().details()),
                        context.actor(),
                        Optional.of("feed " + context.feed().value()));
                corrected++;
            }
        }
        create(context, fresh);
        return Applied.of(fresh.size(), unchanged, corrected);
    }

    private Map<String, Known> known(ResponseId response, String source, List<String> externalIds) {
        Map<String, Known> known = new HashMap<>();
        bulk.find(
                "external_id, id, content_hash",
                "volunteer",
                new TreeMap<>(Map.of("response_id", response.value(), "source", source)),
                "external_id",
                externalIds,
                "id",
                row -> {
                    known.put(
                            row.getString(1),
                            new Known(
                                    row.getLong(2),
                                    Optional.ofNullable(row.getString(3)).orElse("")));
                });
        return known;
    }

    private void create(ImportContext context, List<ImportedRow<VolunteerRow>> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (ImportedRow<VolunteerRow> row : fresh) {
            VolunteerDetails details = row.value().details();
            String sheet = row.row().sheet().orElse("");
            rows.add(new @Nullable Object[] {
                context.responseId().value(),
                context.source(),
                row.externalId(),
                context.isDerived(),
                details.team().orElse(null),
                String.join(" ", details.languages()),
                details.radiusKm(),
                details.minor(),
                details.consent(),
                context.now(),
                context.feed().value(),
                sheet.length() > 64 ? sheet.substring(0, 64) : sheet,
                row.line(),
                ReferenceFile.hashOf(row.value().contentText()),
                0L
            });
        }
        bulk.insert("volunteer", COLUMNS, rows);
        Map<String, Known> ids = known(
                context.responseId(),
                context.source(),
                fresh.stream().map(ImportedRow::externalId).toList());
        Map<Long, VolunteerRow> byId = new LinkedHashMap<>();
        fresh.forEach(row ->
                Optional.ofNullable(ids.get(row.externalId())).ifPresent(known -> byId.put(known.id(), row.value())));
        insertParts(byId);
    }

    /** Person, skills and free days of those who have none yet. */
    private void insertParts(Map<Long, VolunteerRow> byId) {
        List<@Nullable Object[]> persons = new ArrayList<>();
        List<@Nullable Object[]> skills = new ArrayList<>();
        List<@Nullable Object[]> days = new ArrayList<>();
        byId.forEach((id, row) -> {
            persons.add(new Object[] {id, people.seal(row.person())});
            row.details()
                    .skills()
                    .forEach(held -> skills.add(new @Nullable Object[] {
                        id,
                        held.skill().code(),
                        held.level(),
                        held.validUntil().map(Date::valueOf).orElse(null)
                    }));
            row.details()
                    .availability()
                    .days()
                    .forEach((day, halves) -> days.add(new Object[] {
                        id, Date.valueOf(day), halves.contains(HalfDay.MORNING), halves.contains(HalfDay.AFTERNOON)
                    }));
        });
        bulk.insert("volunteer_person", "volunteer_id, sealed", persons);
        bulk.insert("volunteer_skill", "volunteer_id, skill, level, valid_until", skills);
        bulk.insert("volunteer_availability", "volunteer_id, free_on, morning, afternoon", days);
    }

    private void update(VolunteerId id, VolunteerRow row, @Nullable String contentHash) {
        VolunteerDetails details = row.details();
        jdbc.sql("""
                        UPDATE volunteer SET team = :team, languages = :languages, radius_km = :radius, minor = :minor,
                               consent = :consent, content_hash = COALESCE(:hash, content_hash), version = version + 1
                         WHERE id = :id""")
                .param("team", details.team().orElse(null))
                .param("languages", String.join(" ", details.languages()))
                .param("radius", details.radiusKm())
                .param("minor", details.minor())
                .param("consent", details.consent())
                .param("hash", contentHash)
                .param("id", id.value())
                .update();
        for (String part : List.of("volunteer_person", "volunteer_skill", "volunteer_availability")) {
            jdbc.sql("DELETE FROM " + part + " WHERE volunteer_id = ?")
                    .param(id.value())
                    .update();
        }
        insertParts(Map.of(id.value(), row));
    }

    @Override
    @Transactional
    public Optional<VolunteerId> add(ResponseId response, String externalId, VolunteerRow row, Edit edit) {
        VolunteerDetails details = row.details();
        int stored = jdbc.sql("""
                        INSERT INTO volunteer (response_id, source, external_id, derived, team, languages, radius_km, minor,
                               consent, registered_at, feed_sheet, version)
                        VALUES (:response, :source, :external, FALSE, :team, :languages, :radius, :minor, :consent, :at, '', 0)
                            ON CONFLICT DO NOTHING""")
                .param("response", response.value())
                .param("source", OWN_SOURCE)
                .param("external", externalId)
                .param("team", details.team().orElse(null))
                .param("languages", String.join(" ", details.languages()))
                .param("radius", details.radiusKm())
                .param("minor", details.minor())
                .param("consent", details.consent())
                .param("at", Timestamp.from(edit.at()))
                .update();
        if (stored == 0) {
            return Optional.empty();
        }
        VolunteerId id = new VolunteerId(
                jdbc.sql("SELECT id FROM volunteer WHERE response_id = ? AND source = ? AND external_id = ?")
                        .params(response.value(), OWN_SOURCE, externalId)
                        .query(Long.class)
                        .single());
        insertParts(Map.of(id.value(), row));
        record(response, id, "create", Optional.empty(), Optional.of(details), edit.by(), Optional.empty());
        return Optional.of(id);
    }

    @Override
    @Transactional
    public void correct(VolunteerId id, long basedOnVersion, VolunteerRow row, Edit edit) {
        Volunteer before = getLocked(id);
        if (before.version() != basedOnVersion) {
            throw new ChangedMeanwhile(AGGREGATE, id.value(), basedOnVersion);
        }
        update(id, row, null);
        record(
                before.response(),
                id,
                "correct",
                Optional.of(before.details()),
                Optional.of(row.details()),
                edit.by(),
                Optional.empty());
    }

    @Override
    @Transactional
    public void setWithdrawn(VolunteerId id, boolean withdrawn, Edit edit) {
        Volunteer before = getLocked(id);
        jdbc.sql("UPDATE volunteer SET withdrawn_at = :at, version = version + 1 WHERE id = :id")
                .param("at", withdrawn ? Timestamp.from(edit.at()) : null)
                .param("id", id.value())
                .update();
        if (withdrawn) {
            jdbc.sql("""
                            UPDATE assignment SET state = 'WITHDRAWN', locked = FALSE, changed_at = :at, version = version + 1
                             WHERE volunteer_id = :id AND state IN ('PROPOSED', 'CONFIRMED')""")
                    .param("at", Timestamp.from(edit.at()))
                    .param("id", id.value())
                    .update();
        }
        record(
                before.response(),
                id,
                withdrawn ? "withdraw" : "restore",
                Optional.of(before.details()),
                Optional.of(before.details()),
                edit.by(),
                Optional.empty());
    }

    private Volunteer getLocked(VolunteerId id) {
        jdbc.sql("SELECT id FROM volunteer WHERE id = ? FOR UPDATE")
                .param(id.value())
                .query(Long.class)
                .optional();
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no volunteer " + id.value() + "."));
    }

    private record Head(
            long response,
            String externalId,
            boolean derived,
            @Nullable String team,
            String languages,
            int radiusKm,
            boolean minor,
            boolean consent,
            @Nullable Timestamp withdrawnAt,
            long version,
            long id) {}

    private static final String HEADS = """
            SELECT response_id, external_id, derived, team, languages, radius_km, minor, consent, withdrawn_at, version, id
              FROM volunteer WHERE\s""";

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getTimestamp(9),
                row.getLong(10),
                row.getLong(11));
    }

    private static Volunteer volunteer(Head head, List<HeldSkill> skills, Map<LocalDate, Set<HalfDay>> days) {
        return new Volunteer(
                new VolunteerId(head.id()),
                new ResponseId(head.response()),
                head.externalId(),
                head.derived(),
                new VolunteerDetails(
                        Optional.ofNullable(head.team()),
                        skills,
                        List.of(head.languages().split(" ", -1)),
                        head.radiusKm(),
                        head.minor(),
                        head.consent(),
                        Availability.of(days)),
                Optional.ofNullable(head.withdrawnAt()).map(Timestamp::toInstant),
                head.version());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Volunteer> find(VolunteerId id) {
        return jdbc.sql(HEADS + "id = ?")
                .param(id.value())
                .query((row, n) -> head(row))
                .optional()
                .map(head -> volunteer(
                        head,
                        skills("volunteer_id = ?", id.value()).getOrDefault(id.value(), List.of()),
                        days("volunteer_id = ?", id.value()).getOrDefault(id.value(), Map.of())));
    }

    /** Everybody of a response by number, whoever left too, in three questions to the database. */
    List<Volunteer> list(ResponseId response) {
        Map<Long, List<HeldSkill>> skills = skills(OF_RESPONSE, response.value());
        Map<Long, Map<LocalDate, Set<HalfDay>>> days = days(OF_RESPONSE, response.value());
        return jdbc
                .sql(HEADS + "response_id = ? ORDER BY external_id, id")
                .param(response.value())
                .query((row, n) -> head(row))
                .list()
                .stream()
                .map(head -> volunteer(
                        head, skills.getOrDefault(head.id(), List.of()), days.getOrDefault(head.id(), Map.of())))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<VolunteerPerson> findPerson(VolunteerId id) {
        return people.find(id);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<VolunteerId, String> names(Collection<VolunteerId> ids) {
        Map<VolunteerId, String> names = new HashMap<>();
        people.find(ids).forEach((id, person) -> names.put(id, person.name()));
        return names;
    }

    static final String OF_RESPONSE = "volunteer_id IN (SELECT id FROM volunteer WHERE response_id = ?)";

    Map<Long, List<HeldSkill>> skills(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : skills("volunteer_id IN (" + "?, ".repeat(ids.size() - 1) + "?)", ids.toArray());
    }

    /** @param which of the volunteers, as a condition with question marks */
    Map<Long, List<HeldSkill>> skills(String which, Object... values) {
        Map<Long, List<HeldSkill>> found = new HashMap<>();
        jdbc.sql("SELECT volunteer_id, skill, level, valid_until FROM volunteer_skill WHERE " + which
                        + " ORDER BY volunteer_id, skill")
                .params(values)
                .query((row, n) -> {
                    @Nullable Date until = row.getDate(4);
                    HeldSkill held = new HeldSkill(
                            Skill.findByCode(row.getString(2)).orElseThrow(),
                            row.getInt(3),
                            Optional.ofNullable(until).map(Date::toLocalDate));
                    return found.computeIfAbsent(row.getLong(1), key -> new ArrayList<>())
                            .add(held);
                })
                .list();
        return found;
    }

    /** @param which of the volunteers, as a condition with question marks */
    Map<Long, Map<LocalDate, Set<HalfDay>>> days(String which, Object... values) {
        Map<Long, Map<LocalDate, Set<HalfDay>>> days = new HashMap<>();
        jdbc.sql("SELECT volunteer_id, free_on, morning, afternoon FROM volunteer_availability WHERE " + which)
                .params(values)
                .query((row, n) -> days.computeIfAbsent(row.getLong(1), key -> new TreeMap<>())
                        .put(row.getDate(2).toLocalDate(), halves(row.getBoolean(3), row.getBoolean(4))))
                .list();
        return days;
    }

    static Set<HalfDay> halves(boolean morning, boolean afternoon) {
        Set<HalfDay> halves = EnumSet.noneOf(HalfDay.class);
        if (morning) {
            halves.add(HalfDay.MORNING);
        }
        if (afternoon) {
            halves.add(HalfDay.AFTERNOON);
        }
        return halves;
    }

    private void record(
            ResponseId response,
            VolunteerId id,
            String action,
            Optional<VolunteerDetails> before,
            Optional<VolunteerDetails> after,
            Optional<PersonId> by,
            Optional<String> reason) {
        changes.record(new Change(
                Optional.of(response),
                AGGREGATE,
                id.value(),
                action,
                before.map(this::text),
                after.map(this::text),
                by,
                reason,
                clock.instant()));
    }

    /** Nothing personal: what planning knows. */
    private String text(VolunteerDetails details) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("team", details.team().orElse(""));
        fields.put("radius_km", details.radiusKm());
        fields.put("minor", details.minor());
        fields.put("consent", details.consent());
        fields.put(
                "skills",
                details.skills().stream()
                        .map(held -> held.skill().code() + ":" + held.level())
                        .toList());
        fields.put("free_days", details.availability().days().size());
        return json.writeValueAsString(fields);
    }
}
