package jp.musubi.training.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.response.ResponseId;
import jp.musubi.training.Edit;
import jp.musubi.training.FactEntry;
import jp.musubi.training.Said;
import jp.musubi.training.TraineeId;
import jp.musubi.training.TraineePerson;
import jp.musubi.training.TraineeRow;
import jp.musubi.training.Trainees;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Trainees: who they are, sealed, and the facts their rows bring. */
@Component
class JdbcTrainees implements RowStore<TraineeRow>, Trainees {

    private static final String AGGREGATE = "trainee";
    private static final String COLUMNS = "response_id, cohort_id, source, external_id, derived, feed_id, feed_sheet,"
            + " feed_line, content_hash, version";

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final SealedTrainees people;
    private final JdbcFacts facts;
    private final ChangeLog changes;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcTrainees(JdbcClient jdbc, BulkRows bulk, SealedTrainees people, JdbcFacts facts, ChangeLog changes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.people = people;
        this.facts = facts;
        this.changes = changes;
    }

    private record Known(long id, long cohort, String contentHash) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<TraineeRow>> rows) {
        Map<String, Known> known = known(context, rows);
        List<ImportedRow<TraineeRow>> fresh = new ArrayList<>();
        List<ImportedRow<TraineeRow>> other = new ArrayList<>();
        for (ImportedRow<TraineeRow> row : rows) {
            Known before = known.get(row.externalId());
            if (before == null) {
                fresh.add(row);
            } else if (!before.contentHash().equals(hash(row))) {
                other.add(row);
            }
        }
        create(context, fresh);
        known.putAll(known(context, fresh));
        List<ImportedRow<TraineeRow>> written = new ArrayList<>(fresh);
        written.addAll(other);
        replacePeople(written, known, other);
        sayFacts(context, written, known);
        recordCorrections(context, other, known);
        return Applied.of(fresh.size(), rows.size() - written.size(), other.size());
    }

    private static String hash(ImportedRow<TraineeRow> row) {
        return ReferenceFile.hashOf(row.value().contentText());
    }

    private static Known get(Map<String, Known> known, ImportedRow<TraineeRow> row) {
        Known found = known.get(row.externalId());
        if (found == null) {
            throw new IllegalStateException("The trainee of line " + row.line() + " was not stored.");
        }
        return found;
    }

    private Map<String, Known> known(ImportContext context, List<ImportedRow<TraineeRow>> rows) {
        Map<String, Known> known = new HashMap<>();
        bulk.find(
                "external_id, id, cohort_id, content_hash",
                "trainee",
                new TreeMap<>(Map.of("response_id", context.responseId().value(), "source", context.source())),
                "external_id",
                rows.stream().map(ImportedRow::externalId).toList(),
                "id",
                row -> {
                    known.put(
                            row.getString(1),
                            new Known(
                                    row.getLong(2),
                                    row.getLong(3),
                                    Optional.ofNullable(row.getString(4)).orElse("")));
                });
        return known;
    }

    private void create(ImportContext context, List<ImportedRow<TraineeRow>> fresh) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (ImportedRow<TraineeRow> row : fresh) {
            rows.add(new @Nullable Object[] {
                context.responseId().value(),
                row.value().cohort().value(),
                context.source(),
                row.externalId(),
                context.isDerived(),
                context.feed().value(),
                Cohorts.sheet(row),
                row.line(),
                hash(row),
                0L
            });
        }
        bulk.insert("trainee", COLUMNS, rows);
    }

    /** The person as the row says; what needs special care is deleted where the row is silent about it. */
    private void replacePeople(
            List<ImportedRow<TraineeRow>> written, Map<String, Known> known, List<ImportedRow<TraineeRow>> other) {
        for (ImportedRow<TraineeRow> row : other) {
            Known before = get(known, row);
            jdbc.sql("UPDATE trainee SET cohort_id = ?, content_hash = ?, version = version + 1 WHERE id = ?")
                    .params(row.value().cohort().value(), hash(row), before.id())
                    .update();
            for (String part : List.of("trainee_person", "trainee_sensitive")) {
                jdbc.sql("DELETE FROM " + part + " WHERE trainee_id = ?")
                        .param(before.id())
                        .update();
            }
        }
        List<@Nullable Object[]> persons = new ArrayList<>();
        List<@Nullable Object[]> special = new ArrayList<>();
        for (ImportedRow<TraineeRow> row : written) {
            long id = get(known, row).id();
            persons.add(new Object[] {id, people.seal(row.value().person())});
            if (!row.value().sensitive().isEmpty()) {
                special.add(new Object[] {id, people.seal(row.value().sensitive())});
            }
        }
        bulk.insert("trainee_person", "trainee_id, sealed", persons);
        bulk.insert("trainee_sensitive", "trainee_id, sealed", special);
    }

    private void sayFacts(ImportContext context, List<ImportedRow<TraineeRow>> written, Map<String, Known> known) {
        List<JdbcFacts.Told> words = new ArrayList<>();
        for (ImportedRow<TraineeRow> row : written) {
            Said said = Words.of(context, row.value().saidAt(), row.line());
            for (FactEntry entry : row.value().facts()) {
                words.add(new JdbcFacts.Told(
                        new TraineeId(get(known, row).id()),
                        entry,
                        said,
                        row.value().saidAt().isPresent()));
            }
        }
        if (!words.isEmpty()) {
            facts.say(context.responseId(), words);
        }
    }

    private void recordCorrections(
            ImportContext context, List<ImportedRow<TraineeRow>> other, Map<String, Known> known) {
        changes.recordAll(other.stream()
                .map(row -> new Change(
                        Optional.of(context.responseId()),
                        AGGREGATE,
                        get(known, row).id(),
                        "correct",
                        Optional.of(json.writeValueAsString(
                                Map.of("cohort", get(known, row).cohort()))),
                        Optional.of(json.writeValueAsString(
                                Map.of("cohort", row.value().cohort().value()))),
                        context.actor(),
                        Optional.of("feed " + context.feed().value()),
                        context.receivedAt()))
                .toList());
    }

    @Override
    public Optional<TraineePerson> findPerson(TraineeId id) {
        return people.findPerson(id);
    }

    @Override
    public TraineePerson.Sensitive findSensitive(TraineeId id) {
        return people.findSensitive(id);
    }

    @Override
    public Map<TraineeId, String> names(Collection<TraineeId> ids) {
        return people.names(ids);
    }

    @Override
    @Transactional
    public boolean say(TraineeId id, FactEntry entry, Edit edit) {
        ResponseId response = new ResponseId(jdbc.sql("SELECT response_id FROM trainee WHERE id = ?")
                .param(id.value())
                .query(Long.class)
                .single());
        Words.Outcome outcome = facts.say(
                        response, List.of(new JdbcFacts.Told(id, entry, Said.now(edit.at(), edit.by()), false)))
                .get(0);
        if (outcome == Words.Outcome.SAME) {
            return false;
        }
        changes.record(new Change(
                Optional.of(response),
                AGGREGATE,
                id.value(),
                entry.retracted() ? "take-back" : "say",
                Optional.empty(),
                Optional.of(json.writeValueAsString(
                        Map.of("key", entry.key(), "on", entry.on().toString(), "code", entry.code()))),
                edit.by(),
                Optional.empty(),
                edit.at()));
        return true;
    }

    @Override
    @Transactional
    public boolean takeBack(TraineeId id, String key, Edit edit) {
        return facts.findCurrent(id, key)
                .map(entry -> say(id, entry.takenBack(), edit))
                .orElse(false);
    }
}
