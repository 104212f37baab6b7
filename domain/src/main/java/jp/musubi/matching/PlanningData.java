package jp.musubi.matching;

import java.time.Instant;
import java.util.Set;
import jp.musubi.response.ResponseId;

/** Port: stock and needs as they are now, netted (docs/architecture.md, "Life of a carton"). */
public interface PlanningData {

    /**
     * @param now the response's time
     */
    PlanningInput read(ResponseId response, Instant now);

    /** What the catalogue lets stand in for what, one unit for one unit. */
    Set<Policy.Substitution> listSubstitutions();
}
