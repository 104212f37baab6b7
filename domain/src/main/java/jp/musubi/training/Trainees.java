package jp.musubi.training;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Port: who trainees are, and what is said of them. Every edit is written to the history, without personal data. */
public interface Trainees {

    /** Who that is. Personal data: the caller has checked that the reader may see it, and writes the look down. */
    Optional<TraineePerson> findPerson(TraineeId id);

    /** What needs special care; as {@link #findPerson}. */
    TraineePerson.Sensitive findSensitive(TraineeId id);

    /** Names of many; as {@link #findPerson}. */
    Map<TraineeId, String> names(Collection<TraineeId> ids);

    /** Keeps what somebody says of a trainee. False if it was said before. */
    boolean say(TraineeId id, FactEntry entry, Edit edit);

    /** Takes a fact back; the words about it stay. False if there is none with this key. */
    boolean takeBack(TraineeId id, String key, Edit edit);
}
