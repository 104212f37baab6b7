package jp.musubi.training.store;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.Row;
import jp.musubi.training.AttendanceRows;
import jp.musubi.training.CohortId;
import jp.musubi.training.TraineeRef;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks up what the lines of registers refer to: people by number or name, and their timetables. */
@Component
class Registration {

    private final KnownPeople people;
    private final SealedTrainees sealed;
    private final Sessions sessions;

    Registration(KnownPeople people, SealedTrainees sealed, Sessions sessions) {
        this.people = people;
        this.sealed = sealed;
        this.sessions = sessions;
    }

    Reading read(ImportContext context) {
        return new Reading(context);
    }

    /** Looking up for one file. Names are opened once, and only if a line has no number. */
    final class Reading {

        private final ImportContext context;
        private @Nullable Map<String, List<TraineeRef>> byName;

        Reading(ImportContext context) {
            this.context = context;
        }

        AttendanceRows.Known lookUp(List<Row> chunk) {
            Map<String, List<TraineeRef>> byNumber = people.trainees(context, chunk);
            boolean names = chunk.stream()
                    .anyMatch(row ->
                            row.text("trainee_id").isEmpty() && row.text("name").isPresent());
            Map<String, List<TraineeRef>> named = names ? names() : Map.of();
            List<CohortId> cohorts = Stream.concat(
                            byNumber.values().stream().flatMap(List::stream),
                            chunk.stream()
                                    .flatMap(row -> row.text("name").stream())
                                    .flatMap(name -> named.getOrDefault(plain(name), List.of()).stream()))
                    .map(TraineeRef::cohort)
                    .distinct()
                    .toList();
            return new Register(byNumber, named, sessions.timetables(cohorts));
        }

        private Map<String, List<TraineeRef>> names() {
            Map<String, List<TraineeRef>> known = byName;
            if (known == null) {
                List<TraineeRef> all = people.allTrainees(context);
                Map<String, List<TraineeRef>> found = new HashMap<>();
                Map<?, String> opened =
                        sealed.names(all.stream().map(TraineeRef::id).toList());
                all.forEach(one -> Optional.ofNullable(opened.get(one.id()))
                        .ifPresent(name -> found.computeIfAbsent(plain(name), key -> new ArrayList<>())
                                .add(one)));
                known = found;
                byName = known;
            }
            return known;
        }
    }

    /** Blanks and width do not matter in names. */
    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("\\s+", "");
    }

    private record Register(
            Map<String, List<TraineeRef>> byNumber,
            Map<String, List<TraineeRef>> byName,
            Sessions.Timetables timetables)
            implements AttendanceRows.Known {

        @Override
        public List<TraineeRef> trainees(String number) {
            return byNumber.getOrDefault(number, List.of());
        }

        @Override
        public List<TraineeRef> traineesByName(String name) {
            return byName.getOrDefault(plain(name), List.of());
        }

        @Override
        public Collection<LocalDate> days(CohortId cohort) {
            return timetables.days(cohort);
        }

        @Override
        public List<AttendanceRows.KnownSession> sessions(CohortId cohort, LocalDate day) {
            return timetables.sessions(cohort, day);
        }

        @Override
        public List<LocalDate> daysNear(CohortId cohort, LocalDate day) {
            return timetables.daysNear(cohort, day);
        }
    }
}
