package jp.musubi.ledger;

import static jp.musubi.ledger.AccountKind.ACTIVITY;
import static jp.musubi.ledger.AccountKind.ANNOUNCED;
import static jp.musubi.ledger.AccountKind.COMMUNITY;
import static jp.musubi.ledger.AccountKind.CONSUMED;
import static jp.musubi.ledger.AccountKind.DONOR;
import static jp.musubi.ledger.AccountKind.FUND;
import static jp.musubi.ledger.AccountKind.HUB;
import static jp.musubi.ledger.AccountKind.INSPECTED;
import static jp.musubi.ledger.AccountKind.LOST;
import static jp.musubi.ledger.AccountKind.PAYEE;
import static jp.musubi.ledger.AccountKind.PROJECT;
import static jp.musubi.ledger.AccountKind.SUPPLIER;
import static jp.musubi.ledger.AccountKind.TRIP;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/** What may happen in the ledger. Each rule is one function that allows or says why not. */
public final class LedgerRules {

    private static final Map<AccountKind, Set<AccountKind>> GOODS = ways(Map.of(
            DONOR, EnumSet.of(ANNOUNCED, HUB),
            SUPPLIER, EnumSet.of(ANNOUNCED, HUB, PROJECT),
            ANNOUNCED, EnumSet.of(HUB, TRIP, LOST, DONOR, CONSUMED),
            HUB, EnumSet.of(INSPECTED, TRIP, LOST, CONSUMED, DONOR, PROJECT),
            INSPECTED, EnumSet.of(HUB, TRIP, LOST, CONSUMED, PROJECT),
            TRIP, EnumSet.of(COMMUNITY, HUB, INSPECTED, ANNOUNCED, LOST),
            COMMUNITY, EnumSet.of(CONSUMED, LOST),
            PROJECT, EnumSet.of(CONSUMED, LOST, HUB),
            CONSUMED, EnumSet.of(HUB, INSPECTED)));

    private static final Map<AccountKind, Set<AccountKind>> MONEY = ways(Map.of(
            DONOR, EnumSet.of(ANNOUNCED, FUND),
            ANNOUNCED, EnumSet.of(FUND, LOST, DONOR),
            FUND, EnumSet.of(PROJECT, PAYEE, CONSUMED, FUND, DONOR),
            PROJECT, EnumSet.of(PAYEE, CONSUMED, FUND)));

    private static final Map<AccountKind, Set<AccountKind>> HOURS = ways(Map.of(
            DONOR, EnumSet.of(ANNOUNCED, ACTIVITY),
            ANNOUNCED, EnumSet.of(ACTIVITY, LOST, DONOR),
            ACTIVITY, EnumSet.of(PROJECT, CONSUMED, ACTIVITY, LOST, DONOR),
            PROJECT, EnumSet.of(CONSUMED, ACTIVITY, LOST)));

    private LedgerRules() {}

    /** Units may go from one account to another if there is such a way for what they are. */
    public static Decision mayGo(Substance substance, Account from, Account to) {
        return isWay(substance, from, to)
                ? Decision.allowed()
                : Decision.rejected(new Rejection.NoSuchWay(substance, from, to));
    }

    /** What was moved may be taken back the way it came. */
    public static Decision mayGoBack(Substance substance, Account from, Account to) {
        return isWay(substance, to, from)
                ? Decision.allowed()
                : Decision.rejected(new Rejection.NoSuchWay(substance, from, to));
    }

    /** Units that nobody was promised may leave an inside account, up to what is free there. */
    public static Decision mayTakeFree(BalanceKey at, Balance balance, Quantity quantity) {
        return quantity.compareTo(balance.free()) <= 0
                ? Decision.allowed()
                : Decision.rejected(new Rejection.NotEnoughFree(at, quantity, balance.free()));
    }

    /** A promise may be made of what is free, and of at least one unit. */
    public static Decision mayReserve(BalanceKey at, Balance balance, Quantity quantity) {
        return quantity.isZero()
                ? Decision.rejected(new Rejection.WrongQuantity(quantity, balance.free()))
                : mayTakeFree(at, balance, quantity);
    }

    /** Only an open promise may be sent, cancelled or let expire. */
    public static Decision mustBeOpen(Reservation reservation) {
        return reservation.isOpen()
                ? Decision.allowed()
                : Decision.rejected(new Rejection.NotOpen(reservation.id(), reservation.state()));
    }

    /** Of a promise at least one unit may be sent, and at most all. */
    public static Decision maySend(Reservation reservation, Quantity quantity) {
        if (!reservation.isOpen()) {
            return mustBeOpen(reservation);
        }
        return isWithin(quantity, reservation.quantity());
    }

    /** What travels together goes to one community. */
    public static Decision mustShareDestination(Collection<Reservation> reservations) {
        Set<CommunityId> communities =
                reservations.stream().map(Reservation::community).collect(Collectors.toSet());
        return communities.size() <= 1
                ? Decision.allowed()
                : Decision.rejected(new Rejection.SeveralDestinations(communities));
    }

    /** A quantity of at least one unit and at most {@code most}. */
    public static Decision isWithin(Quantity quantity, Quantity most) {
        return !quantity.isZero() && quantity.compareTo(most) <= 0
                ? Decision.allowed()
                : Decision.rejected(new Rejection.WrongQuantity(quantity, most));
    }

    /** A posting may be taken back once, and not if lots were made by converting others. */
    public static Decision mayReverse(Posting posting, boolean alreadyReversed) {
        if (alreadyReversed) {
            return Decision.rejected(new Rejection.AlreadyReversed(posting.id()));
        }
        return isReversible(posting.cause())
                ? Decision.allowed()
                : Decision.rejected(new Rejection.NotReversible(posting.id(), posting.cause()));
    }

    /** Whether postings of this kind can be taken back movement by movement. */
    public static boolean isReversible(Cause cause) {
        return switch (cause) {
            case CONVERTED, REVERSED, LINE_CORRECTED -> false;
            default -> true;
        };
    }

    private static boolean isWay(Substance substance, Account from, Account to) {
        Map<AccountKind, Set<AccountKind>> ways = switch (substance) {
            case GOODS -> GOODS;
            case MONEY -> MONEY;
            case HOURS -> HOURS;
        };
        boolean conversionOnly = from instanceof Account.Consumed consumed && consumed.use() != Use.CONVERTED;
        return !conversionOnly && ways.getOrDefault(from.kind(), Set.of()).contains(to.kind());
    }

    private static Map<AccountKind, Set<AccountKind>> ways(Map<AccountKind, ? extends Set<AccountKind>> ways) {
        Map<AccountKind, Set<AccountKind>> copy = new EnumMap<>(AccountKind.class);
        ways.forEach((from, to) -> copy.put(from, Set.copyOf(to)));
        return copy;
    }

    /** All ways that exist for a substance, for tests and papers. */
    static List<Map.Entry<AccountKind, AccountKind>> listWays(Substance substance) {
        return (switch (substance) {
                    case GOODS -> GOODS;
                    case MONEY -> MONEY;
                    case HOURS -> HOURS;
                })
                .entrySet().stream()
                        .flatMap(way -> way.getValue().stream().map(to -> Map.entry(way.getKey(), to)))
                        .toList();
    }
}
