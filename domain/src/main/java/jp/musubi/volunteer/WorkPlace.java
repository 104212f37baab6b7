package jp.musubi.volunteer;

import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;

/** Where an activity is. */
public sealed interface WorkPlace {

    record AtCommunity(CommunityId community) implements WorkPlace {}

    record AtHub(HubId hub) implements WorkPlace {}
}
