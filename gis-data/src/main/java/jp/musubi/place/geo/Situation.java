package jp.musubi.place.geo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubState;
import jp.musubi.place.Position;

/**
 * What a situation map shows, with names in the reader's language.
 *
 * @param communities with and without a position: those without are counted beside the map
 */
public record Situation(List<Town> towns, List<Depot> hubs, List<Community> communities) {

    public Situation {
        towns = List.copyOf(towns);
        hubs = List.copyOf(hubs);
        communities = List.copyOf(communities);
    }

    /**
     * A municipality as a dot and a name.
     *
     * @param code 5 digits
     * @param city code of the city that a ward belongs to; its own for all others
     * @param prefecture name of its prefecture
     * @param rank smaller is more important where names compete for room
     */
    public record Town(String code, String city, String name, String prefecture, Position at, int rank) {}

    /** A hub and whether it works. */
    public record Depot(String name, HubState state, Optional<Position> at) {}

    /**
     * @param town code of its municipality
     * @param covered the covered share of what it needs, 1 = all; empty is unknown
     * @param estimate its needs are estimates; drawn dashed
     * @param stale the last word is old
     */
    public record Community(
            CommunityId id,
            String name,
            String town,
            Mark mark,
            Optional<Position> at,
            OptionalDouble covered,
            OptionalLong people,
            boolean estimate,
            boolean stale) {}
}
