package jp.musubi.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.inbox.FeedId;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.BalanceKey;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.FileLine;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Reservation;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.ReservationState;
import jp.musubi.ledger.Substance;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;

/** How rows of the ledger's tables become values. */
final class LedgerRows {

    static final String LOT_COLUMNS = "id, response_id, line_id, revision, posting_id, source, external_id, item_id,"
            + " substance, donor_id, hub_id, latitude, longitude, available_from, expires_at, pack_size, cold_chain,"
            + " feed_id, feed_sheet, feed_line, derived";

    /** From {@code reservation r JOIN account a}. */
    static final String RESERVATION_COLUMNS = "r.id, r.response_id, r.lot_id, a.kind, a.ref_id, r.quantity,"
            + " r.community_id, r.need_key, r.plan_line_id, r.expires_at, r.state";

    private LedgerRows() {}

    static Lot lot(ResultSet row) throws SQLException {
        Double latitude = row.getObject("latitude", Double.class);
        Double longitude = row.getObject("longitude", Double.class);
        Long feed = number(row, "feed_id");
        String sheet = row.getString("feed_sheet");
        Long line = number(row, "feed_line");
        return new Lot(
                new LotId(row.getLong("id")),
                new LotId(row.getLong("line_id")),
                row.getInt("revision"),
                new ResponseId(row.getLong("response_id")),
                new PostingId(row.getLong("posting_id")),
                named(row),
                new ItemId(row.getLong("item_id")),
                Substance.valueOf(row.getString("substance")),
                new DonorId(row.getLong("donor_id")),
                new LotTerms(
                        Optional.ofNullable(number(row, "hub_id")).map(HubId::new),
                        latitude == null || longitude == null
                                ? Optional.empty()
                                : Optional.of(new Position(latitude, longitude)),
                        time(row, "available_from"),
                        time(row, "expires_at"),
                        Optional.ofNullable(number(row, "pack_size")).map(Quantity::new),
                        row.getBoolean("cold_chain")),
                feed == null || line == null
                        ? Optional.empty()
                        : Optional.of(new FileLine(new FeedId(feed), sheet, line)),
                row.getBoolean("derived"));
    }

    static @Nullable Object[] values(Lot lot) {
        LotTerms terms = lot.terms();
        return new @Nullable Object[] {
            lot.id().value(),
            lot.response().value(),
            lot.line().value(),
            lot.revision(),
            lot.posting().value(),
            lot.named().map(DonationLine::source).orElse(null),
            lot.named().map(DonationLine::externalId).orElse(null),
            lot.item().value(),
            lot.substance().name(),
            lot.donor().value(),
            terms.hub().map(HubId::value).orElse(null),
            terms.position().map(Position::latitude).orElse(null),
            terms.position().map(Position::longitude).orElse(null),
            terms.availableFrom().orElse(null),
            terms.expiresAt().orElse(null),
            terms.packSize().map(Quantity::baseUnits).orElse(null),
            terms.coldChain(),
            lot.from().map(from -> from.feed().value()).orElse(null),
            lot.from().map(FileLine::sheet).orElse(null),
            lot.from().map(FileLine::line).orElse(null),
            lot.derived()
        };
    }

    static Reservation reservation(ResultSet row) throws SQLException {
        Long planLine = number(row, "plan_line_id");
        return new Reservation(
                new ReservationId(row.getLong("id")),
                new ResponseId(row.getLong("response_id")),
                new BalanceKey(new LotId(row.getLong("lot_id")), inside(row)),
                new Quantity(row.getLong("quantity")),
                new CommunityId(row.getLong("community_id")),
                Optional.ofNullable(row.getString("need_key")),
                planLine == null ? OptionalLong.empty() : OptionalLong.of(planLine),
                time(row, "expires_at"),
                ReservationState.valueOf(row.getString("state")));
    }

    /** How the giver's list calls a lot, from the columns source and external_id. */
    static Optional<DonationLine> named(ResultSet row) throws SQLException {
        String source = row.getString("source");
        String externalId = row.getString("external_id");
        return source == null || externalId == null
                ? Optional.empty()
                : Optional.of(new DonationLine(source, externalId));
    }

    static Account account(ResultSet row, String prefix) throws SQLException {
        return Account.of(AccountKind.valueOf(row.getString(prefix + "kind")), row.getLong(prefix + "ref_id"));
    }

    static Account.Inside inside(ResultSet row) throws SQLException {
        if (account(row, "") instanceof Account.Inside inside) {
            return inside;
        }
        throw new IllegalStateException("Only inside accounts have balances and reservations.");
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
