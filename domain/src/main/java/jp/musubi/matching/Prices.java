package jp.musubi.matching;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one more unit would be worth, in the objective's unit (100 m of road): the duals of the plan.
 *
 * <p>Where {@code unit cost + lot price − need price ≥ 0} for every pair that is possible and not decided by a lock, no
 * plan is better than
 * {@code −Σ quantity(lot) · price(lot) − Σ over tiers size · max(0, value − price(need))}, plus what the locks cost and
 * gain. For a certified plan that is exactly its objective.
 *
 * @param lots u ≥ 0, the value of one more unit in each lot
 * @param needs w, the value of one more unit arriving at each need
 */
public record Prices(SortedMap<LotKey, Long> lots, SortedMap<NeedKey, Long> needs) {

    public static final Prices NONE = new Prices(Map.of(), Map.of());

    public Prices(Map<LotKey, Long> lots, Map<NeedKey, Long> needs) {
        this(new TreeMap<>(lots), new TreeMap<>(needs));
    }

    public Prices {
        lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
    }

    /**
     * @throws IllegalArgumentException if there is no such lot
     */
    public long getOf(LotKey lot) {
        Long price = lots.get(lot);
        if (price == null) {
            throw new IllegalArgumentException("The prices know no lot " + lot + ".");
        }
        return price;
    }

    /**
     * @throws IllegalArgumentException if there is no such need
     */
    public long getOf(NeedKey need) {
        Long price = needs.get(need);
        if (price == null) {
            throw new IllegalArgumentException("The prices know no need " + need + ".");
        }
        return price;
    }
}
