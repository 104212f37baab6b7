package jp.musubi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Random histories of goods, money and hours alike. */
class LedgerHistoriesTest {

    private static final ResponseId RESPONSE = new ResponseId(1);
    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    /** What somebody tries to do; numbers choose among what is there. */
    record Step(Deal deal, int first, int second, long quantity) {}

    enum Deal {
        REGISTER,
        LIST_AGAIN,
        ARRIVE,
        RESERVE,
        RESERVE_SOME,
        CANCEL,
        EXPIRE,
        SEND,
        RECEIVE,
        MOVE,
        CONVERT,
        REVERSE
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Deal.class),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.longs().between(0, 40)),
                                Tuple.of(1, Arbitraries.longs().between(0, Quantity.LARGEST))))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 400, seed = "20110311")
    void keepsEveryInvariantWhateverHappens(@ForAll("histories") List<Step> history, @ForAll Substance substance) {
        InMemoryLedgerBook book = new InMemoryLedgerBook();
        Actors actors = new Actors(book, substance);
        for (int i = 0; i < history.size(); i++) {
            Step step = history.get(i);
            Deed deed = new Deed(RESPONSE, Optional.empty(), NOW.plusSeconds(60L * i), new IdempotencyKey("step/" + i));
            Map<BalanceKey, Balance> before = book.balances();
            int postingsBefore = book.postings().size();
            Function<Deed, Outcome<?>> attempt = actors.attempt(step);

            Outcome<?> outcome = attempt.apply(deed);

            book.releaseLocks();
            LedgerInvariants.check(book);
            if (!outcome.isDone()) {
                assertThat(outcome.reasons()).isNotEmpty();
                assertThat(book.balances()).isEqualTo(before);
                assertThat(book.postings()).hasSize(postingsBefore);
            }
            Statistics.label("outcome").collect(step.deal(), outcome.isDone());
            if (outcome.isDone() && step.deal() != Deal.EXPIRE) {
                Map<BalanceKey, Balance> after = book.balances();
                Outcome<?> again = attempt.apply(deed);
                book.releaseLocks();
                assertThat(again.get()).isEqualTo(outcome.get());
                assertThat(book.balances()).isEqualTo(after);
            }
        }
        assertThat(book.postings().stream().map(Posting::digest).distinct()).hasSameSizeAs(book.postings());
    }

    /** Turns steps into deeds that make sense often enough. */
    private static final class Actors {
        private final InMemoryLedgerBook book;
        private final Stock stock;
        private final Substance substance;

        Actors(InMemoryLedgerBook book, Substance substance) {
            this.book = book;
            this.substance = substance;
            stock = new DefaultStock(book, Clock.fixed(NOW, ZoneOffset.UTC));
        }

        Function<Deed, Outcome<?>> attempt(Step step) {
            List<BalanceKey> places = new ArrayList<>(book.balances().keySet());
            Quantity quantity = new Quantity(Math.max(1, step.quantity()));
            if (step.deal() == Deal.REGISTER || places.isEmpty()) {
                Registration gift = registration(step, Optional.empty());
                return deed -> stock.register(deed, gift);
            }
            BalanceKey at = places.get(step.first() % places.size());
            return switch (step.deal()) {
                case REGISTER -> throw new IllegalStateException("handled above");
                case LIST_AGAIN -> {
                    Registration line =
                            registration(step, Optional.of(new DonationLine("list", "L" + step.second() % 3)));
                    yield deed -> {
                        LineOutcome outcome = stock.applyLines(
                                        RESPONSE, deed.actor(), deed.effectiveAt(), List.of(line))
                                .get(0);
                        if (outcome instanceof LineOutcome.Refused refused) {
                            return new Outcome.Rejected<>(refused.reasons());
                        }
                        return Outcome.done(line.named());
                    };
                }
                case ARRIVE -> deed -> stock.arrive(deed, at.lot(), new HubId(1 + step.second() % 2), quantity);
                case RESERVE -> {
                    List<Promise> promises = List.of(promise(at, step, 0), promise(at, step, 1));
                    yield deed -> stock.reserve(deed, promises);
                }
                case RESERVE_SOME -> {
                    List<Promise> promises = List.of(promise(at, step, 0), promise(at, step, 1));
                    yield deed -> {
                        List<Outcome<List<ReservationId>>> outcomes = stock.reserveEach(deed, promises);
                        return outcomes.stream().anyMatch(outcome -> !outcome.isDone())
                                ? Outcome.done("some were refused")
                                : Outcome.done("all");
                    };
                }
                case CANCEL -> {
                    Optional<Reservation> one = pick(book.reservations(), step.first());
                    yield deed -> one.<Outcome<?>>map(r -> stock.cancel(deed, List.of(r.id())))
                            .orElseGet(() -> Outcome.done("nothing to cancel"));
                }
                case EXPIRE -> deed -> Outcome.done(stock.expire(RESPONSE, deed.effectiveAt()));
                case SEND -> {
                    Optional<Reservation> one = pick(book.reservations(), step.first());
                    yield deed -> one.<Outcome<?>>map(r -> stock.send(
                                    deed,
                                    List.of(new Stock.SendLine(
                                            r.id(),
                                            new Quantity(1
                                                    + step.quantity()
                                                            % r.quantity().baseUnits()))),
                                    Optional.empty()))
                            .orElseGet(() -> Outcome.done("nothing to send"));
                }
                case RECEIVE -> {
                    Optional<Consignment> one = pick(book.consignments(), step.first());
                    List<ReceiptLine> lines =
                            one.map(consignment -> receipt(consignment, step)).orElse(List.of());
                    yield deed -> one.<Outcome<?>>map(c -> stock.receive(deed, c.id(), lines))
                            .orElseGet(() -> Outcome.done("nothing to receive"));
                }
                case MOVE -> {
                    List<Account> ends = ends();
                    Account to = ends.get(step.second() % ends.size());
                    yield to.equals(at.account())
                            ? deed -> Outcome.done("stays")
                            : deed -> stock.move(
                                    deed, Cause.ASSIGNED, List.of(new Movement(at.lot(), at.account(), to, quantity)));
                }
                case CONVERT -> {
                    BalanceKey other = places.get(step.second() % places.size());
                    List<Conversion.Input> inputs = at.equals(other)
                            ? List.of(Conversion.Input.of(at, quantity))
                            : List.of(
                                    Conversion.Input.of(at, quantity),
                                    Conversion.Input.of(other, new Quantity(1 + step.second() % 7)));
                    yield deed -> stock.convert(
                            deed,
                            new Conversion(
                                    inputs, List.of(output(1 + step.first() % 9), output(1 + step.second() % 5))));
                }
                case REVERSE -> {
                    PostingId posting =
                            pick(book.postings(), step.first()).orElseThrow().id();
                    yield deed -> stock.reverse(deed, posting);
                }
            };
        }

        private Registration registration(Step step, Optional<DonationLine> name) {
            Optional<HubId> hub =
                    step.first() % 3 == 0 ? Optional.empty() : Optional.of(new HubId(1 + step.first() % 2));
            Optional<Instant> from = step.second() % 4 == 0 ? Optional.of(NOW.plusSeconds(86_400)) : Optional.empty();
            return new Registration(
                    name,
                    new ItemId(step.first() % 2),
                    substance,
                    new DonorId(step.second() % 3),
                    new Quantity(Math.max(1, step.quantity())),
                    new LotTerms(hub, Optional.empty(), from, Optional.empty(), Optional.empty(), false),
                    Optional.empty(),
                    false);
        }

        private Promise promise(BalanceKey at, Step step, int number) {
            boolean anywhere = step.second() % 2 == 0;
            return new Promise(
                    at.lot(),
                    anywhere ? Optional.empty() : Optional.of(at.account()),
                    new Quantity(step.quantity() / (number + 1)),
                    new CommunityId(1 + step.second() % 2),
                    Optional.empty(),
                    OptionalLong.of(step.first()),
                    step.first() % 2 == 0 ? Optional.of(NOW.plusSeconds(600)) : Optional.empty());
        }

        private List<ReceiptLine> receipt(Consignment consignment, Step step) {
            Account trip = new Account.Trip(consignment.id());
            return book.balances().entrySet().stream()
                    .filter(entry -> entry.getKey().account().equals(trip))
                    .map(entry -> {
                        long[] parts = Shares.split(
                                entry.getValue().onHand().baseUnits(),
                                new long[] {5, step.first() % 2, step.second() % 2, step.first() % 3, 1});
                        return new ReceiptLine(
                                entry.getKey().lot(),
                                new Quantity(parts[0]),
                                new Quantity(parts[1]),
                                new Quantity(parts[2]),
                                new Quantity(parts[3]),
                                new Quantity(parts[4]));
                    })
                    .toList();
        }

        private Conversion.Output output(int units) {
            Account.Inside to = switch (substance) {
                case GOODS, MONEY -> new Account.AtHub(new HubId(1));
                case HOURS -> new Account.Project(new ProjectId(1));
            };
            return new Conversion.Output(
                    Optional.empty(), new ItemId(9), Substance.GOODS, new Quantity(units), LotTerms.NONE, to);
        }

        private static List<Account> ends() {
            return List.of(
                    new Account.Donor(new DonorId(1)),
                    new Account.Payee(),
                    new Account.Consumed(Use.USED),
                    new Account.Lost(LossReason.EXPIRED),
                    new Account.AtHub(new HubId(1)),
                    new Account.Inspected(new HubId(1)),
                    new Account.Fund(new FundId(0)),
                    new Account.Fund(new FundId(7)),
                    new Account.Project(new ProjectId(1)),
                    new Account.Activity(new ActivityId(3)));
        }

        private static <T> Optional<T> pick(List<T> things, int number) {
            return things.isEmpty() ? Optional.empty() : Optional.of(things.get(number % things.size()));
        }
    }
}
