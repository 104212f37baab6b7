package jp.musubi.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much of each limit a unit takes that goes from one lot to one need. */
final class LimitUse {

    private static final int[] NONE = {};

    private final Sharing sharing;
    private final Map<String, int[]> ofHub = new HashMap<>();
    private final int days;

    LimitUse(Sharing sharing) {
        this.sharing = sharing;
        days = sharing.days();
        Map<String, List<Integer>> places = new HashMap<>();
        for (int limit = 0; limit < sharing.limits().size(); limit++) {
            places.computeIfAbsent(sharing.limits().get(limit).hub(), hub -> new ArrayList<>())
                    .add(limit);
        }
        places.forEach((hub, limits) ->
                ofHub.put(hub, limits.stream().mapToInt(Integer::intValue).toArray()));
    }

    int days() {
        return days;
    }

    /** The limits of the hub that a lot leaves from, by their places. */
    int[] ofLot(LotKey lot) {
        String hub = sharing.hubs().get(lot);
        return hub == null ? NONE : ofHub.getOrDefault(hub, NONE);
    }

    /** Whether a limit concerns everything of a hub's lots alike: one price for each unit, wherever it goes and when. */
    boolean isSameForAllNeeds(int limit) {
        Sharing.Limit each = sharing.limits().get(limit);
        return each.municipality() == null
                && each.measure() != Sharing.Measure.LINES
                && each.firstDay() == 0
                && each.lastDay() == days - 1;
    }

    @Nullable
    String municipalityOf(OpenNeed need) {
        return sharing.municipalities().get(need.community());
    }

    /**
     * Whether a limit concerns what goes to a municipality and can leave on some days.
     *
     * @param firstDay, lastDay within the limits' days
     */
    boolean concerns(int limit, @Nullable String municipality, int firstDay, int lastDay) {
        Sharing.Limit each = sharing.limits().get(limit);
        return (each.municipality() == null || each.municipality().equals(municipality))
                && firstDay >= each.firstDay()
                && lastDay <= each.lastDay();
    }

    /** What one unit takes of a limit that concerns it. A line takes at least so much, because it carries no more. */
    double ofUnit(int limit, AvailableLot lot, OpenNeed need) {
        return switch (sharing.limits().get(limit).measure()) {
            case KILOGRAMS -> sharing.bulkOf(lot.item()).kilograms();
            case CUBIC_METRES -> sharing.bulkOf(lot.item()).cubicMetres();
            case HOURS -> sharing.bulkOf(lot.item()).hours();
            case LINES -> 1.0 / Math.max(1, Math.min(lot.quantity(), need.quantity()));
        };
    }
}
