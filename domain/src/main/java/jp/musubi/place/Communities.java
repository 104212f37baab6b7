package jp.musubi.place;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/**
 * Port: the communities of this installation, as people edit them. Every edit is written to the history. An edit that was
 * based on an older version fails with the store's optimistic-lock exception; nothing is overwritten silently.
 */
public interface Communities {

    Optional<Community> find(CommunityId id);

    /**
     * @throws IllegalArgumentException if there is no such community
     */
    default Community getById(CommunityId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no community " + id.value() + "."));
    }

    /**
     * Adds one that no file knows.
     *
     * @param key of the intention: the same key again gives the same community
     */
    Community add(ResponseId response, UUID key, CommunityDetails details, Edit edit);

    Community correct(CommunityId id, long basedOnVersion, CommunityDetails details, Edit edit);

    /** The people have left, or the place was given up. What was sent there stays in the ledger. */
    Community close(CommunityId id, long basedOnVersion, Edit edit);

    Community reopen(CommunityId id, long basedOnVersion, Edit edit);

    /** Whom to call. Personal data: the caller has checked that the reader may see it. */
    Optional<String> findContact(CommunityId id);

    /** Empty removes it. */
    void setContact(CommunityId id, Optional<String> contact);

    /**
     * Who edits, when by the response's clock, and why.
     *
     * @param by empty for the machine's own operator
     */
    record Edit(Optional<PersonId> by, Instant at, Optional<String> reason) {}
}
