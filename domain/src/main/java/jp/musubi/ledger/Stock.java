package jp.musubi.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;

/**
 * What people do with gifts. Each call happens as a whole or not at all; under a key that was used before nothing happens
 * again and the former result comes back.
 */
public interface Stock {

    /** Takes in one gift: as announced, or into the hub where it lies, or into fund and pool. */
    Outcome<LotId> register(Deed deed, Registration registration);

    /**
     * Takes in lines of a sender's list, each with {@link Registration#named()}: new lines become lots, known lines with
     * the same content are left alone, others are corrected by a posting. Names are unique within one call.
     *
     * @return one outcome per line, in their order
     */
    List<LineOutcome> applyLines(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, List<Registration> lines);

    /** Announced goods have reached a hub. Promises made of them go with them. */
    Outcome<PostingId> arrive(Deed deed, LotId lot, HubId hub, Quantity quantity);

    /** Promises all of it or nothing. One list of reservations per promise; more than one if a lot lies in several places. */
    Outcome<List<List<ReservationId>>> reserve(Deed deed, List<Promise> promises);

    /** Promises what is possible; one outcome per promise. An earlier promise of the list goes first. */
    List<Outcome<List<ReservationId>>> reserveEach(Deed deed, List<Promise> promises);

    /** Takes promises back, all or none. The ids that were cancelled. */
    Outcome<List<ReservationId>> cancel(Deed deed, List<ReservationId> reservations);

    /** Ends promises whose time has passed; how many. */
    int expire(ResponseId response, Instant now);

    /** Sends promised units to their one community. What is not sent of a promise stays promised. */
    Outcome<ConsignmentId> send(Deed deed, List<SendLine> lines, Optional<Instant> expectedAt);

    /** Notes what arrived of a consignment and how. What is named nowhere is still on the way. */
    Outcome<PostingId> receive(Deed deed, ConsignmentId consignment, List<ReceiptLine> lines);

    /** Moves free units along any way there is: consume, write off, inspect, assign money or hours, withdraw. */
    Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements);

    /** Consumes lots and makes new ones of them. The lots made, in the order of the outputs. */
    Outcome<List<LotId>> convert(Deed deed, Conversion conversion);

    /** Takes a posting back as far as its units are still free where it brought them. */
    Outcome<PostingId> reverse(Deed deed, PostingId posting);

    /** How much of a promise is sent. */
    record SendLine(ReservationId reservation, Quantity quantity) {}
}
