package jp.musubi.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.place.HubId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;

/**
 * One thing that happened, with everything it moved and made. Never changed and never removed.
 *
 * @param effectiveAt when it happened by the response's clock, in whole microseconds
 * @param recordedAt when it was written down in real time, in whole microseconds
 * @param corrects the posting this one takes back or amends
 * @param movements what moved; at least one
 * @param madeLots lots that begin with this posting
 * @param origins what the made lots were made of, if not given
 */
public record Posting(
        PostingId id,
        ResponseId response,
        Cause cause,
        Optional<PersonId> actor,
        Instant effectiveAt,
        Instant recordedAt,
        IdempotencyKey key,
        Optional<PostingId> corrects,
        List<Movement> movements,
        List<Lot> madeLots,
        List<LotOrigin> origins) {

    private static final int DIGEST_VERSION = 1;

    public Posting {
        movements = List.copyOf(movements);
        madeLots = List.copyOf(madeLots);
        origins = List.copyOf(origins);
        if (movements.isEmpty()) {
            throw new IllegalArgumentException("Posting " + id.value() + " moves nothing.");
        }
    }

    /**
     * SHA-256 over every field of the posting, its movements in order, the lots it made and their origins. Two postings
     * differ in their digests as soon as anything in them differs.
     */
    public Hash digest() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(DIGEST_VERSION);
            out.writeLong(id.value());
            out.writeLong(response.value());
            text(out, cause.name());
            number(out, actor.map(PersonId::value));
            time(out, Optional.of(effectiveAt));
            time(out, Optional.of(recordedAt));
            text(out, key.value());
            number(out, corrects.map(PostingId::value));
            out.writeInt(movements.size());
            for (Movement movement : movements) {
                out.writeLong(movement.lot().value());
                account(out, movement.from());
                account(out, movement.to());
                out.writeLong(movement.quantity().baseUnits());
            }
            out.writeInt(madeLots.size());
            for (Lot lot : madeLots) {
                lot(out, lot);
            }
            out.writeInt(origins.size());
            for (LotOrigin origin : origins) {
                out.writeLong(origin.lot().value());
                out.writeLong(origin.origin().value());
                out.writeLong(origin.consumed().baseUnits());
                out.writeLong(origin.share().baseUnits());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory refused to be written.", e);
        }
        return Hash.of(bytes.toByteArray());
    }

    private static void lot(DataOutputStream out, Lot lot) throws IOException {
        out.writeLong(lot.id().value());
        out.writeLong(lot.line().value());
        out.writeInt(lot.revision());
        text(out, lot.named().map(DonationLine::source).orElse(""));
        text(out, lot.named().map(DonationLine::externalId).orElse(""));
        out.writeLong(lot.item().value());
        out.writeLong(lot.donor().value());
        LotTerms terms = lot.terms();
        number(out, terms.hub().map(HubId::value));
        out.writeBoolean(terms.position().isPresent());
        out.writeDouble(terms.position().map(Position::latitude).orElse(0.0));
        out.writeDouble(terms.position().map(Position::longitude).orElse(0.0));
        time(out, terms.availableFrom());
        time(out, terms.expiresAt());
        number(out, terms.packSize().map(Quantity::baseUnits));
        out.writeBoolean(terms.coldChain());
        number(out, lot.from().map(from -> from.feed().value()));
        text(out, lot.from().map(FileLine::sheet).orElse(""));
        number(out, lot.from().map(FileLine::line));
        out.writeBoolean(lot.derived());
    }

    private static void account(DataOutputStream out, Account account) throws IOException {
        text(out, account.kind().name());
        out.writeLong(account.ref());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void number(DataOutputStream out, Optional<Long> number) throws IOException {
        out.writeBoolean(number.isPresent());
        out.writeLong(number.orElse(0L));
    }

    private static void time(DataOutputStream out, Optional<Instant> time) throws IOException {
        out.writeBoolean(time.isPresent());
        out.writeLong(time.map(Instant::getEpochSecond).orElse(0L));
        out.writeInt(time.map(Instant::getNano).orElse(0));
    }
}
