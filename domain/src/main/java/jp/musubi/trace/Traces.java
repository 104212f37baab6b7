package jp.musubi.trace;

import jp.musubi.ledger.LotId;
import jp.musubi.response.ResponseId;

/** Port: traces of gifts. */
public interface Traces {

    /** The trace of a donation line, all its revisions together. */
    Trace getTrace(ResponseId response, LotId line);
}
