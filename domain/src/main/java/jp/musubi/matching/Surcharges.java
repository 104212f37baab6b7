package jp.musubi.matching;

import java.util.List;
import java.util.Map;

/**
 * What scarcity that items share adds to the costs and values of a problem that knows of none, in the objective's unit.
 *
 * @param limits what one more of each limit's measure would gain, in the order of {@link Sharing#limits}; empty = nothing
 * @param needs added to what each unit is worth to a need: what its community and its municipality lack
 */
record Surcharges(List<Double> limits, Map<NeedKey, Integer> needs) {

    static final Surcharges NONE = new Surcharges(List.of(), Map.of());

    Surcharges {
        limits = List.copyOf(limits);
        needs = Map.copyOf(needs);
    }

    int of(NeedKey need) {
        return needs.isEmpty() ? 0 : needs.getOrDefault(need, 0);
    }
}
