package jp.musubi.place;

import java.util.Map;
import jp.musubi.common.BilingualText;

/** How a hub works now. Only a working hub takes goods in; one that is full or paused still sends what it has. */
public enum HubState {
    WORKING("稼働中", "Working"),
    FULL("満杯", "Full"),
    PAUSED("休止中", "Paused"),
    CLOSED("閉鎖", "Closed");

    private final BilingualText label;

    HubState(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    static Map<String, HubState> words() {
        return Map.ofEntries(
                Map.entry("working", WORKING),
                Map.entry("open", WORKING),
                Map.entry("稼働中", WORKING),
                Map.entry("稼働", WORKING),
                Map.entry("開設", WORKING),
                Map.entry("full", FULL),
                Map.entry("満杯", FULL),
                Map.entry("paused", PAUSED),
                Map.entry("休止中", PAUSED),
                Map.entry("休止", PAUSED),
                Map.entry("closed", CLOSED),
                Map.entry("閉鎖", CLOSED));
    }
}
