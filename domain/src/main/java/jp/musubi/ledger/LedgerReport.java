package jp.musubi.ledger;

import java.util.List;
import jp.musubi.common.BilingualText;

/**
 * What a check of the whole ledger came to.
 *
 * @param unsealed postings that no block covers yet; normal for those of the last seconds
 * @param findings everything that is not as it must be; empty = the ledger is sound
 */
public record LedgerReport(
        long postings, long movements, long lots, long balances, long blocks, long unsealed, List<Finding> findings) {

    public LedgerReport {
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    /**
     * One thing that is wrong.
     *
     * @param code stable, for programs
     * @param row the row it concerns, e.g. {@code posting 17}
     */
    public record Finding(String code, String row, BilingualText message) {}
}
