package jp.musubi.matching;

import java.util.List;

/**
 * What there is to plan with at one moment.
 *
 * @param lots with something free, at a known place
 * @param needs with something still to be found, at a known place
 * @param lotsWithoutPlace lots that cannot be planned because nobody knows where they are
 * @param lotsInClosedHubs lots that cannot be planned because their hub is paused or closed
 * @param needsWithoutPlace needs that cannot be planned because nobody knows where they are
 */
public record PlanningInput(
        List<AvailableLot> lots,
        List<OpenNeed> needs,
        int lotsWithoutPlace,
        int lotsInClosedHubs,
        int needsWithoutPlace) {

    public PlanningInput {
        lots = List.copyOf(lots);
        needs = List.copyOf(needs);
    }
}
