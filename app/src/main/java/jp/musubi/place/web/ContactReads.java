package jp.musubi.place.web;

import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.web.Edits;
import jp.musubi.place.Communities;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.place.Hubs;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.stereotype.Component;

/** Shows whom to call, and writes down who was shown it; the contact itself never stands in the history. */
@Component
class ContactReads {

    private final Communities communities;
    private final Hubs hubs;
    private final Edits history;
    private final CurrentResponse response;

    ContactReads(Communities communities, Hubs hubs, Edits history, CurrentResponse response) {
        this.communities = communities;
        this.hubs = hubs;
        this.history = history;
        this.response = response;
    }

    /** Empty if nobody is named. */
    String read(CommunityId community) {
        return shown("community-contact", community.value(), communities.findContact(community));
    }

    /** Empty if nobody is named. */
    String read(HubId hub) {
        return shown("hub-contact", hub.value(), hubs.findContact(hub));
    }

    private String shown(String aggregate, long id, Optional<String> contact) {
        contact.ifPresent(
                there -> history.record(Optional.of(response.get().id()), aggregate, id, "view", Map.of(), Map.of()));
        return contact.orElse("");
    }
}
