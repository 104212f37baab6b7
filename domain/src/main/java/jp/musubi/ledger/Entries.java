package jp.musubi.ledger;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that one deed writes, at once.
 *
 * @param reservations new promises
 * @param replaced promises that became something else
 * @param opened a consignment that begins
 * @param concerned the consignment whose history the postings belong to
 */
public record Entries(
        Deed deed,
        List<Posting> postings,
        List<NewReservation> reservations,
        List<Replaced> replaced,
        Optional<Consignment> opened,
        Optional<ConsignmentId> concerned) {

    public Entries {
        postings = List.copyOf(postings);
        reservations = List.copyOf(reservations);
        replaced = List.copyOf(replaced);
    }

    /** A promise with the key under which it was asked for. */
    public record NewReservation(IdempotencyKey key, Reservation reservation) {}

    /**
     * @param posting the posting that sent it
     */
    public record Replaced(Reservation before, Reservation after, Optional<PostingId> posting) {}

    /** By how much a balance changes. */
    public record Delta(long onHand, long reserved) {

        public static final Delta NONE = new Delta(0, 0);

        public Delta plus(Delta other) {
            return new Delta(Math.addExact(onHand, other.onHand), Math.addExact(reserved, other.reserved));
        }
    }

    static Entries of(Deed deed, Posting posting) {
        return new Entries(deed, List.of(posting), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    static Entries of(Deed deed, List<Posting> postings) {
        return new Entries(deed, postings, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** How balances change, in the order in which their rows are locked. */
    public SortedMap<BalanceKey, Delta> deltas() {
        SortedMap<BalanceKey, Delta> deltas = new TreeMap<>();
        for (Posting posting : postings) {
            for (Movement movement : posting.movements()) {
                long units = movement.quantity().baseUnits();
                if (movement.from() instanceof Account.Inside from) {
                    deltas.merge(new BalanceKey(movement.lot(), from), new Delta(-units, 0), Delta::plus);
                }
                if (movement.to() instanceof Account.Inside to) {
                    deltas.merge(new BalanceKey(movement.lot(), to), new Delta(units, 0), Delta::plus);
                }
            }
        }
        reservations.forEach(added -> hold(deltas, added.reservation(), 1));
        replaced.forEach(change -> {
            hold(deltas, change.before(), -1);
            hold(deltas, change.after(), 1);
        });
        return deltas;
    }

    private static void hold(SortedMap<BalanceKey, Delta> deltas, Reservation reservation, int sign) {
        if (reservation.isOpen()) {
            Delta delta = new Delta(0, sign * reservation.quantity().baseUnits());
            deltas.merge(reservation.at(), delta, Delta::plus);
        }
    }
}
