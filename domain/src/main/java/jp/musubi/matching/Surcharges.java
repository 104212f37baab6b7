package jp.musubi.matching;

import java.util.Map;

/**
 * What scarcity that items share adds to the costs and values of a problem that knows of none, in the objective's unit.
 *
 * @param lots added to what each unit of a lot costs: the price of its hub's time
 * @param needs added to what each unit is worth to a need: what its community and its municipality lack
 */
record Surcharges(Map<LotKey, Integer> lots, Map<NeedKey, Integer> needs) {

    static final Surcharges NONE = new Surcharges(Map.of(), Map.of());

    Surcharges {
        lots = Map.copyOf(lots);
        needs = Map.copyOf(needs);
    }

    int of(LotKey lot) {
        return lots.isEmpty() ? 0 : lots.getOrDefault(lot, 0);
    }

    int of(NeedKey need) {
        return needs.isEmpty() ? 0 : needs.getOrDefault(need, 0);
    }
}
