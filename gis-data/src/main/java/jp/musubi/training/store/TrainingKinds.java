package jp.musubi.training.store;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.Organisations;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.OpenColumns;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.place.Municipalities;
import jp.musubi.training.AttendanceRows;
import jp.musubi.training.CertificateRows;
import jp.musubi.training.CohortRef;
import jp.musubi.training.CohortRow;
import jp.musubi.training.CohortRows;
import jp.musubi.training.Competencies;
import jp.musubi.training.FactRow;
import jp.musubi.training.FollowUpRows;
import jp.musubi.training.RegisterRow;
import jp.musubi.training.SessionRow;
import jp.musubi.training.SessionRows;
import jp.musubi.training.TraineeRef;
import jp.musubi.training.TraineeRow;
import jp.musubi.training.TraineeRows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of files about training. */
@Configuration(proxyBeanMethods = false)
class TrainingKinds {

    /** One kind: its name, its columns, how its rows are read, and where they go. */
    private record Kind<T>(
            String name,
            BilingualText title,
            List<Column> columns,
            Function<Row, Optional<String>> id,
            Function<ImportContext, RowInterpreter<T>> reading,
            RowStore<T> store,
            Optional<OpenColumns> openColumns)
            implements ImportKind<T> {

        Kind(
                String name,
                BilingualText title,
                List<Column> columns,
                Function<Row, Optional<String>> id,
                Function<ImportContext, RowInterpreter<T>> reading,
                RowStore<T> store) {
            this(name, title, columns, id, reading, store, Optional.empty());
        }

        @Override
        public Optional<String> externalId(Row row) {
            return id.apply(row);
        }

        @Override
        public RowInterpreter<T> interpreter(ImportContext context) {
            return reading.apply(context);
        }
    }

    /** Reads rows with what was looked up for their chunk. */
    private static final class Preheated<K, T> implements RowInterpreter<T> {

        private final Function<List<Row>, K> lookup;
        private final Reader<K, T> reader;
        private K known;

        @FunctionalInterface
        interface Reader<K, T> {
            Interpretation<T> read(Row row, K known);
        }

        Preheated(Function<List<Row>, K> lookup, Reader<K, T> reader) {
            this.lookup = lookup;
            this.reader = reader;
            this.known = lookup.apply(List.of());
        }

        @Override
        public void preheat(List<Row> chunk) {
            known = lookup.apply(chunk);
        }

        @Override
        public Interpretation<T> interpret(Row row) {
            return reader.read(row, known);
        }
    }

    @Bean
    ImportKind<CohortRow> cohortsKind(
            Cohorts cohorts,
            TrainingReference reference,
            Municipalities municipalities,
            Organisations organisations,
            Senders senders) {
        return new Kind<>(
                "cohorts",
                BilingualText.of("講座と受講期", "Courses and cohorts"),
                CohortRows.COLUMNS,
                CohortRows::externalId,
                context -> {
                    Senders.MayWrite mayWrite = senders.of(context);
                    return new Preheated<>(
                            chunk -> new CohortRows.Known(
                                    reference.listSchemes(),
                                    reference.competencies(),
                                    municipalities.directory(),
                                    organisations.listOrganisations(),
                                    (municipality, office) -> mayWrite.test(municipality.value(), office)),
                            CohortRows::interpret);
                },
                cohorts);
    }

    @Bean
    ImportKind<SessionRow> sessionsKind(Sessions sessions, KnownPeople people) {
        return new Kind<>(
                "sessions",
                BilingualText.of("日程表", "Timetables"),
                SessionRows.COLUMNS,
                SessionRows::externalId,
                context -> new Preheated<Map<String, List<CohortRef>>, SessionRow>(
                        chunk -> people.cohorts(context, chunk),
                        (row, known) -> SessionRows.interpret(row, number -> of(known, number))),
                sessions);
    }

    @Bean
    ImportKind<TraineeRow> traineesKind(JdbcTrainees trainees, KnownPeople people) {
        return new Kind<>(
                "trainees",
                BilingualText.of("受講者", "Trainees"),
                TraineeRows.COLUMNS,
                TraineeRows::externalId,
                context -> new Preheated<Map<String, List<CohortRef>>, TraineeRow>(
                        chunk -> people.cohorts(context, chunk),
                        (row, known) -> TraineeRows.interpret(row, today(context), number -> of(known, number))),
                trainees);
    }

    @Bean
    ImportKind<RegisterRow> attendanceKind(JdbcMarks marks, Registration registration) {
        return new Kind<>(
                "attendance",
                BilingualText.of("出席簿", "Registers of attendance"),
                AttendanceRows.COLUMNS,
                AttendanceRows::externalId,
                context -> {
                    Registration.Reading reading = registration.read(context);
                    return new Preheated<AttendanceRows.Known, RegisterRow>(
                            reading::lookUp, (row, known) -> AttendanceRows.interpret(row, today(context), known));
                },
                marks,
                Optional.of(AttendanceRows.DAYS_ACROSS));
    }

    @Bean
    ImportKind<FactRow> certificatesKind(JdbcFacts facts, KnownPeople people, TrainingReference reference) {
        return new Kind<>(
                "certificates",
                BilingualText.of("修了証・資格", "Certificates"),
                CertificateRows.COLUMNS,
                CertificateRows::externalId,
                context -> {
                    Competencies competencies = reference.competencies();
                    return new Preheated<Map<String, List<TraineeRef>>, FactRow>(
                            chunk -> people.trainees(context, chunk),
                            (row, known) -> CertificateRows.interpret(
                                    row, today(context), competencies, number -> of(known, number)));
                },
                facts);
    }

    @Bean
    ImportKind<FactRow> followUpsKind(JdbcFacts facts, KnownPeople people) {
        return new Kind<>(
                "follow-ups",
                BilingualText.of("追跡調査の回答", "Follow-up answers"),
                FollowUpRows.COLUMNS,
                FollowUpRows::externalId,
                context -> new Preheated<Map<String, List<TraineeRef>>, FactRow>(
                        chunk -> people.trainees(context, chunk),
                        (row, known) -> FollowUpRows.interpret(row, today(context), number -> of(known, number))),
                facts);
    }

    private static <V> List<V> of(Map<String, List<V>> known, String number) {
        return known.getOrDefault(number, List.of());
    }

    /** In real time, by the response's zone: what is reported has happened. */
    private static LocalDate today(ImportContext context) {
        ZoneId zone = context.response().zone();
        return context.receivedAt().atZone(zone).toLocalDate();
    }
}
