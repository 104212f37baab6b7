package jp.musubi.identity;

import java.util.List;

/** Port: the history of every edited aggregate, written in the transaction of the edit. */
public interface ChangeLog {

    void record(Change change);

    /** For bulk work: one round trip for many changes. */
    void recordAll(List<Change> changes);

    /** The changes of one aggregate, the newest first. */
    List<Change> listChanges(String aggregate, long aggregateId);
}
