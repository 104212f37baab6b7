package jp.musubi.place.paper;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.response.Response;

/** Port: where the situation map gets its data from. */
interface SituationSource {

    /**
     * @param now the response's own time
     * @param regions prefixes of municipality codes the reader may see; empty = everything
     */
    SituationNow read(Response response, Instant now, Optional<Set<String>> regions, Locale locale);
}
