package jp.musubi.ledger.web;

import java.util.List;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.LedgerReport;
import jp.musubi.ledger.LedgerVerification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What administrators ask of the ledger as a whole. */
@RestController
@RequestMapping("/api/v1/ledger")
@Requires(Action.ADMINISTER)
class LedgerApi {

    private final LedgerVerification verification;
    private final CurrentActor actor;

    LedgerApi(LedgerVerification verification, CurrentActor actor) {
        this.verification = verification;
        this.actor = actor;
    }

    /** A check of every row; may take minutes on a ledger of millions. */
    record Verified(
            boolean sound,
            long postings,
            long movements,
            long lots,
            long balances,
            long blocks,
            long unsealed,
            List<LedgerReport.Finding> findings) {}

    @GetMapping("/verification")
    Verified verify() {
        actor.require(Action.ADMINISTER, Scope.installation());
        LedgerReport report = verification.verify();
        return new Verified(
                report.isSound(),
                report.postings(),
                report.movements(),
                report.lots(),
                report.balances(),
                report.blocks(),
                report.unsealed(),
                report.findings());
    }
}
