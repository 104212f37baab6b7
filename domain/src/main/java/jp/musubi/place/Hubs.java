package jp.musubi.place;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.place.Communities.Edit;
import jp.musubi.response.ResponseId;

/** Port: the hubs of this installation, as people edit them. History and versions as with {@link Communities}. */
public interface Hubs {

    Optional<Hub> find(HubId id);

    /** By the id its list gives it; lists of several sources may use one id, then the first source by name counts. */
    Optional<Hub> findByExternalId(ResponseId response, String externalId);

    /**
     * @throws IllegalArgumentException if there is no such hub
     */
    default Hub getById(HubId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no hub " + id.value() + "."));
    }

    /** All hubs of a response by name, closed ones too. */
    List<Hub> listHubs(ResponseId response);

    /**
     * Adds one that no file knows.
     *
     * @param key of the intention: the same key again gives the same hub
     */
    Hub add(ResponseId response, UUID key, HubDetails details, Edit edit);

    Hub correct(HubId id, long basedOnVersion, HubDetails details, Edit edit);

    /** What vehicles carry from a hub, by the municipality's code; what none speaks of has no limit. */
    List<HubRoute> listRoutes(HubId id);

    /** Replaces all of them. */
    Hub setRoutes(HubId id, long basedOnVersion, List<HubRoute> routes, Edit edit);

    /** Whom to call. Personal data: the caller has checked that the reader may see it. */
    Optional<String> findContact(HubId id);

    /** Empty removes it. */
    void setContact(HubId id, Optional<String> contact);
}
