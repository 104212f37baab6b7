package jp.musubi.volunteer.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.ActivityId;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.ledger.store.Donors;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.AssignmentId;
import jp.musubi.volunteer.Volunteers.Edit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Hours of volunteers in the ledger: one lot in minutes for each person and shift, given by the person under the number
 * of the registry, and moved from the pool of hours to the activity.
 */
@Component
class LedgerHours {

    private static final ItemCode HOURS = new ItemCode("HOURS");
    private static final ActivityId POOL = new ActivityId(0);

    private final Stock stock;
    private final Donors donors;
    private final Catalogue catalogue;
    private final JdbcClient jdbc;

    LedgerHours(Stock stock, Donors donors, Catalogue catalogue, JdbcClient jdbc) {
        this.stock = stock;
        this.donors = donors;
        this.catalogue = catalogue;
        this.jdbc = jdbc;
    }

    /**
     * Books the time.
     *
     * @param number of the volunteer in the registry; names do not go into the ledger
     * @param time 1, 2, … for each time the same work is booked
     */
    LotId book(
            ResponseId response,
            AssignmentId assignment,
            String number,
            ActivityId activity,
            Duration worked,
            int time,
            boolean derived,
            Edit edit) {
        Quantity minutes = new Quantity(Math.max(1, worked.plusSeconds(30).toMinutes()));
        String giver = "V " + number;
        DonorId donor = donors.idsOf(response, List.of(giver)).getOrDefault(giver, DonorId.UNNAMED);
        ItemId hours = catalogue.current().getByCode(HOURS).id();
        IdempotencyKey key = new IdempotencyKey("work/" + assignment.value() + "/" + time);
        LotId lot = stock.register(
                        new Deed(response, edit.by(), edit.at(), key),
                        new Registration(
                                Optional.empty(),
                                hours,
                                Substance.HOURS,
                                donor,
                                minutes,
                                LotTerms.NONE,
                                Optional.empty(),
                                derived))
                .get();
        stock.move(
                        new Deed(response, edit.by(), edit.at(), key.part(1)),
                        Cause.ASSIGNED,
                        List.of(new Movement(lot, new Account.Activity(POOL), new Account.Activity(activity), minutes)))
                .get();
        return lot;
    }

    /** Takes the postings of a lot of hours back, the newest first. */
    void takeBack(ResponseId response, LotId lot, Edit edit) {
        List<Long> postings = jdbc.sql("SELECT posting_id FROM movement WHERE lot_id = ? ORDER BY posting_id DESC")
                .param(lot.value())
                .query(Long.class)
                .list();
        for (long posting : postings) {
            stock.reverse(
                            new Deed(
                                    response,
                                    edit.by(),
                                    edit.at(),
                                    new IdempotencyKey("work-back/" + lot.value() + "/" + posting)),
                            new PostingId(posting))
                    .get();
        }
    }
}
