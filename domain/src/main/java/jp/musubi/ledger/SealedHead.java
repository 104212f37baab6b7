package jp.musubi.ledger;

import java.util.List;

/** Port: the heads of the chain of blocks, kept outside the database. */
public interface SealedHead {

    /** Notes the newest block. Noting the same block again is harmless. */
    void note(Head head);

    /** Everything noted, the oldest first. */
    List<Head> listHeads();

    /** Number and hash of a block. */
    record Head(long number, Hash hash) {}
}
