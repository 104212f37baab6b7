package jp.musubi.matching.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.RetryingTransactions;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Rejection;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.KeptLine;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanLineId;
import jp.musubi.matching.Plans;
import jp.musubi.matching.StockKey;
import jp.musubi.matching.Wish;
import jp.musubi.matching.WishId;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What people decide about the lines of a plan. Accepting promises the stock in the ledger, in the same transaction in
 * which the line notes the decision; taking back cancels the promise as long as nothing was sent.
 */
@Component
class PlanDecisions {

    private static final Pattern LINE_AND_VERSION = Pattern.compile("(\\d{1,18}):(\\d{1,9})");

    private final Plans plans;
    private final Stock stock;
    private final PlanListing listing;
    private final RetryingTransactions transactions;
    private final Clock realTime;

    PlanDecisions(Plans plans, Stock stock, PlanListing listing, RetryingTransactions transactions, Clock realTime) {
        this.plans = plans;
        this.stock = stock;
        this.listing = listing;
        this.transactions = transactions;
        this.realTime = realTime;
    }

    /** Which lines are meant. */
    sealed interface Choice {

        /** All that can still be decided. */
        record All() implements Choice {}

        /** These, as they were when they were seen: line id → version. */
        record These(Map<Long, Integer> versions) implements Choice {}

        static Choice of(List<String> linesAndVersions) {
            Map<Long, Integer> versions = new HashMap<>();
            for (String text : linesAndVersions) {
                Matcher matcher = LINE_AND_VERSION.matcher(text);
                if (!matcher.matches()) {
                    throw new Problem(HttpStatus.BAD_REQUEST, "problem.no-line-chosen");
                }
                versions.put(Long.valueOf(matcher.group(1)), Integer.valueOf(matcher.group(2)));
            }
            return new These(versions);
        }

        default boolean includes(KeptLine line) {
            return this instanceof All
                    || (this instanceof These these
                            && these.versions().containsKey(line.id().value()));
        }

        default boolean sawVersionOf(KeptLine line) {
            return !(this instanceof These these)
                    || these.versions().getOrDefault(line.id().value(), -1) == line.version();
        }
    }

    /**
     * What became of the chosen lines.
     *
     * @param done how many were decided
     * @param refused why the ledger did not allow the others
     * @param changedMeanwhile what somebody else had decided about since the page was loaded; nothing was done to it
     */
    record Decided(int done, List<Rejection> refused, List<PlanLineId> changedMeanwhile) {}

    /** Promises the stock of the chosen lines; of lines that compete the earlier gets it. */
    Decided accept(Response response, PlanHead plan, Choice choice, Optional<PersonId> by) {
        return transactions.run(() -> {
            List<KeptLine> chosen =
                    plans.lockLines(plan.id()).stream().filter(choice::includes).toList();
            List<KeptLine> open = chosen.stream()
                    .filter(choice::sawVersionOf)
                    .filter(line -> !line.accepted())
                    .toList();
            List<PlanLineId> changed = changedMeanwhile(choice, chosen);
            if (open.isEmpty()) {
                return new Decided(0, List.of(), changed);
            }
            plans.noteDecisions(open, by, realTime.instant());
            List<Rejection> refused = new ArrayList<>();
            int done = 0;
            Deed deed = deed(response, by, "accept", plan, open);
            for (Outcome<List<ReservationId>> outcome : stock.reserveEach(
                    deed,
                    open.stream()
                            .map(line -> promise(line, deed.effectiveAt().plus(Promise.LASTS)))
                            .toList())) {
                if (outcome.isDone()) {
                    done++;
                } else {
                    refused.addAll(outcome.reasons());
                }
            }
            return new Decided(done, refused, changed);
        });
    }

    /** Cancels the promises of the chosen lines that are not sent yet. */
    Decided takeBack(Response response, PlanHead plan, Choice choice, Optional<PersonId> by) {
        return transactions.run(() -> {
            List<KeptLine> chosen =
                    plans.lockLines(plan.id()).stream().filter(choice::includes).toList();
            Map<Long, List<ReservationId>> promises = listing.listOpenPromises(plan.id());
            List<KeptLine> taken = chosen.stream()
                    .filter(choice::sawVersionOf)
                    .filter(line -> promises.containsKey(line.id().value()))
                    .toList();
            List<PlanLineId> changed = changedMeanwhile(choice, chosen);
            if (taken.isEmpty()) {
                return new Decided(0, List.of(), changed);
            }
            plans.noteDecisions(taken, by, realTime.instant());
            List<ReservationId> cancelled = taken.stream()
                    .flatMap(line -> promises.getOrDefault(line.id().value(), List.of()).stream())
                    .toList();
            List<Rejection> refused = stock.cancel(deed(response, by, "take-back", plan, taken), cancelled)
                    .reasons();
            if (!refused.isEmpty()) {
                throw new Problem(HttpStatus.CONFLICT, "problem.sent-meanwhile");
            }
            return new Decided(taken.size(), List.of(), changed);
        });
    }

    private static List<PlanLineId> changedMeanwhile(Choice choice, List<KeptLine> chosen) {
        return chosen.stream()
                .filter(line -> !choice.sawVersionOf(line))
                .map(KeptLine::id)
                .toList();
    }

    /** The same lines at the same versions are the same intention, however often it is sent. */
    private Deed deed(Response response, Optional<PersonId> by, String what, PlanHead plan, List<KeptLine> lines) {
        Instant now = response.clock().now(realTime);
        long seen = 17;
        for (KeptLine line : lines) {
            seen = 31 * (31 * seen + line.id().value()) + line.version();
        }
        return new Deed(
                response.id(),
                by,
                now,
                new IdempotencyKey(
                        what + "/" + plan.id().value() + "/" + lines.get(0).id().value() + "/"
                                + lines.get(0).version() + "/" + lines.size() + "/" + Long.toHexString(seen)));
    }

    private static Promise promise(KeptLine line, Instant endsAt) {
        return new Promise(
                new LotId(line.lot().lot()),
                Optional.of(account(line.lot())),
                new Quantity(line.quantity()),
                new CommunityId(Long.parseLong(line.community().value())),
                Optional.of(line.need().value()),
                OptionalLong.of(line.id().value()),
                Optional.of(endsAt));
    }

    private static Account.Inside account(StockKey stock) {
        return switch (stock.place()) {
            case "ANNOUNCED" -> new Account.Announced();
            case "HUB" -> new Account.AtHub(new HubId(stock.placeRef()));
            case "INSPECTED" -> new Account.Inspected(new HubId(stock.placeRef()));
            default -> throw new IllegalStateException("Nothing is planned from " + stock.place() + ".");
        };
    }

    /**
     * What somebody wants of lines.
     *
     * @param kind lock, move, forbid, forbid-community or hold
     * @param quantity for lock and move; empty = each line's own
     * @param need where to, for move
     */
    record Wanted(String kind, Optional<Long> quantity, Optional<NeedKey> need, String reason) {}

    /**
     * Keeps wishes about lines' lots for every next plan.
     *
     * @param seen the wishes about these lots that its author knew of; empty = whatever there is, it is to be kept
     * @return false if there are others by now; nothing is changed then
     */
    boolean wish(
            Response response, List<LineRow> lines, Wanted wanted, Optional<Set<WishId>> seen, Optional<PersonId> by) {
        return transactions.run(() -> {
            Set<LotKey> lots =
                    lines.stream().map(line -> new LotKey(line.lotKey())).collect(Collectors.toSet());
            plans.lockWishes(response.id());
            if (seen.isPresent() && !seen.get().equals(inForce(response, lots))) {
                return false;
            }
            lines.forEach(line -> add(response, line, wanted, by));
            return true;
        });
    }

    /** The wishes about these lots. */
    Set<WishId> inForce(Response response, Set<LotKey> lots) {
        return plans.listWishes(response.id()).stream()
                .filter(wish -> lots.contains(wish.lot()))
                .map(Wish::id)
                .collect(Collectors.toSet());
    }

    private void add(Response response, LineRow line, Wanted wanted, Optional<PersonId> by) {
        Optional<NeedKey> own = Optional.of(new NeedKey(line.needKey()));
        Optional<Long> quantity = Optional.of(wanted.quantity().orElse(line.quantity()));
        switch (wanted.kind()) {
            case "lock" -> add(response, line, Wish.Kind.LOCK, own, quantity, by, wanted.reason());
            case "move" -> {
                if (wanted.need().isEmpty()) {
                    throw new Problem(HttpStatus.BAD_REQUEST, "problem.no-need-chosen");
                }
                if (!wanted.need().equals(own)) { // of many lines one may go there already
                    add(response, line, Wish.Kind.BAN_NEED, own, Optional.empty(), by, wanted.reason());
                }
                add(response, line, Wish.Kind.LOCK, wanted.need(), quantity, by, wanted.reason());
            }
            case "forbid" -> add(response, line, Wish.Kind.BAN_NEED, own, Optional.empty(), by, wanted.reason());
            case "forbid-community" ->
                add(response, line, Wish.Kind.BAN_COMMUNITY, Optional.empty(), Optional.empty(), by, wanted.reason());
            case "hold" -> add(response, line, Wish.Kind.HOLD, Optional.empty(), Optional.empty(), by, wanted.reason());
            default -> throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
    }

    private void add(
            Response response,
            LineRow line,
            Wish.Kind kind,
            Optional<NeedKey> need,
            Optional<Long> quantity,
            Optional<PersonId> by,
            String reason) {
        plans.add(
                response.id(),
                new Wish(
                        new WishId(0),
                        kind,
                        new LotKey(line.lotKey()),
                        need,
                        kind == Wish.Kind.BAN_COMMUNITY
                                ? Optional.of(new CommunityKey(Long.toString(line.community())))
                                : Optional.empty(),
                        quantity,
                        by,
                        realTime.instant(),
                        Optional.of(reason.strip()).filter(text -> !text.isEmpty())));
    }

    boolean endWish(Response response, WishId wish, Optional<PersonId> by) {
        return transactions.run(() -> plans.end(response.id(), wish, by, realTime.instant()));
    }
}
