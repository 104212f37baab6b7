package jp.musubi.volunteer;

import java.util.Optional;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.Volunteers.Edit;

/** Port: the shifts of a response, as people edit them. Every edit is written to the history. */
public interface Shifts {

    /**
     * A shift as it is kept.
     *
     * @param cancelled whether it does not take place
     */
    record Kept(
            ShiftId id,
            ResponseId response,
            String externalId,
            boolean derived,
            ShiftRow row,
            boolean cancelled,
            long version) {}

    Optional<Kept> find(ShiftId id);

    /** Adds one that no file knows. Empty if the number is taken. */
    Optional<ShiftId> add(ResponseId response, String externalId, ShiftRow row, Edit edit);

    /**
     * @throws ChangedMeanwhile if it is not at that version any more
     */
    void correct(ShiftId id, long basedOnVersion, ShiftRow row, Edit edit);

    /** It does not take place, or does again. Those who were put on it are free again. */
    void setCancelled(ShiftId id, boolean cancelled, Edit edit);
}
