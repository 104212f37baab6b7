package jp.musubi.volunteer;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: the registry of volunteers, as people edit it. Every edit is written to the history, without personal data. */
public interface Volunteers {

    Optional<Volunteer> find(VolunteerId id);

    /** Who that is. Personal data: the caller has checked that the reader may see it. */
    Optional<VolunteerPerson> findPerson(VolunteerId id);

    /** Names of many. Personal data: the caller has checked that the reader may see it. */
    Map<VolunteerId, String> names(Collection<VolunteerId> ids);

    /** Adds one that no file knows. Empty if the number is taken. */
    Optional<VolunteerId> add(ResponseId response, String externalId, VolunteerRow row, Edit edit);

    /**
     * @throws ChangedMeanwhile if it is not at that version any more
     */
    void correct(VolunteerId id, long basedOnVersion, VolunteerRow row, Edit edit);

    /** The person does not come any more, or comes again; open proposals and confirmations of the future end. */
    void setWithdrawn(VolunteerId id, boolean withdrawn, Edit edit);

    /** Who edits, and when by the response's clock. */
    record Edit(Optional<PersonId> by, Instant at) {}
}
