package jp.musubi.need.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.Demand;
import jp.musubi.need.DemandLine;
import jp.musubi.need.EstimateOutcome;
import jp.musubi.need.EstimateRate;
import jp.musubi.need.Estimator;
import jp.musubi.need.Freshness;
import jp.musubi.need.Headcount;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.Need;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedKind;
import jp.musubi.need.NetNeed;
import jp.musubi.need.Netting;
import jp.musubi.need.Priority;
import jp.musubi.need.Supply;
import jp.musubi.need.SupplySoFar;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads headcounts, needs and supplies with one query each and nets them in the domain: the same numbers on every screen
 * and in every plan.
 */
@Component
class JdbcNeedBoard implements NeedBoard {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final EstimateRates rates;
    private final ObjectProvider<SupplySoFar> supplySoFar;

    private record ItemRate(ItemId item, EstimateRate rate) {}

    private record Place(CommunityId id, Headcount headcount) {}

    JdbcNeedBoard(JdbcClient jdbc, Catalogue catalogue, EstimateRates rates, ObjectProvider<SupplySoFar> supplySoFar) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.rates = rates;
        this.supplySoFar = supplySoFar;
    }

    @Override
    @Transactional(readOnly = true)
    public List<CommunityNeeds> listNeeds(ResponseId response, Instant now) {
        return read(response, Optional.empty(), now);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<CommunityNeeds> findNeeds(ResponseId response, CommunityId community, Instant now) {
        return read(response, Optional.of(community), now).stream().findFirst();
    }

    private List<CommunityNeeds> read(ResponseId response, Optional<CommunityId> only, Instant now) {
        ItemCatalogue items = catalogue.current();
        List<ItemRate> itemRates = rates.listRates().stream()
                .map(rate -> new ItemRate(items.getByCode(rate.item()).id(), rate))
                .toList();
        Map<CommunityId, Map<ItemId, List<Need>>> needs = needs(response, only);
        Map<CommunityId, Map<ItemId, Supply>> supplies = new HashMap<>();
        // Without a ledger nothing was received and nothing is promised.
        supplySoFar.ifAvailable(ledger -> ledger.supplies(response, only)
                .forEach((at, supply) -> supplies.computeIfAbsent(at.community(), id -> new HashMap<>())
                        .put(at.item(), supply)));
        List<CommunityNeeds> result = new ArrayList<>();
        for (Place place : places(response, only)) {
            result.add(needsOf(
                    place,
                    needs.getOrDefault(place.id(), Map.of()),
                    supplies.getOrDefault(place.id(), Map.of()),
                    itemRates,
                    now));
        }
        return result;
    }

    private static CommunityNeeds needsOf(
            Place place,
            Map<ItemId, List<Need>> needs,
            Map<ItemId, Supply> supplies,
            List<ItemRate> rates,
            Instant now) {
        Map<ItemId, EstimateOutcome> estimates = new HashMap<>();
        for (ItemRate rate : rates) {
            Supply supply = supplies.getOrDefault(rate.item(), Supply.NONE);
            EstimateOutcome outcome = Estimator.estimate(place.headcount(), rate.rate(), supply.received(), now);
            if (!(outcome instanceof EstimateOutcome.NotMeant)) {
                estimates.put(rate.item(), outcome);
            }
        }
        Set<Long> all = new TreeSet<>();
        needs.keySet().forEach(item -> all.add(item.value()));
        supplies.keySet().forEach(item -> all.add(item.value()));
        estimates.keySet().forEach(item -> all.add(item.value()));
        List<ItemNeed> items = new ArrayList<>();
        for (long id : all) {
            ItemId item = new ItemId(id);
            Optional<EstimateOutcome> estimate = Optional.ofNullable(estimates.get(item));
            List<DemandLine> demand = Demand.of(place.id(), item, needs.getOrDefault(item, List.of()), estimate, now);
            NetNeed net = Netting.net(demand, supplies.getOrDefault(item, Supply.NONE));
            if (!demand.isEmpty() || supplies.containsKey(item)) {
                items.add(new ItemNeed(item, net, estimate));
            }
        }
        Optional<Instant> lastWord = Stream.concat(
                        place.headcount().reportedAt().stream(),
                        needs.values().stream().flatMap(List::stream).map(Need::reportedAt))
                .max(Instant::compareTo);
        return new CommunityNeeds(place.id(), place.headcount(), Freshness.of(lastWord, now), items);
    }

    private List<Place> places(ResponseId response, Optional<CommunityId> only) {
        return jdbc.sql("""
                        SELECT id, kind, people, children, infants, elderly, reported_at FROM community
                        WHERE response_id = :response AND closed_at IS NULL AND (:only = -1 OR id = :only)
                        ORDER BY id""")
                .param("response", response.value())
                .param("only", only.map(CommunityId::value).orElse(-1L))
                .query((row, n) -> new Place(new CommunityId(row.getLong("id")), headcount(row)))
                .list();
    }

    private static Headcount headcount(ResultSet row) throws SQLException {
        OptionalLong people = count(row, "people");
        String kind = row.getString("kind");
        return new Headcount(
                people,
                count(row, "children"),
                count(row, "infants"),
                count(row, "elderly"),
                kind.equals("SHELTER") || kind.equals("UNDESIGNATED_SHELTER"),
                people.isPresent() ? Optional.of(row.getTimestamp("reported_at").toInstant()) : Optional.empty());
    }

    private static OptionalLong count(ResultSet row, String column) throws SQLException {
        @Nullable Integer value = row.getObject(column, Integer.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private Map<CommunityId, Map<ItemId, List<Need>>> needs(ResponseId response, Optional<CommunityId> only) {
        Map<CommunityId, Map<ItemId, List<Need>>> needs = new HashMap<>();
        jdbc.sql("""
                        SELECT id, community_id, item_id, kind, quantity, priority, needed_by, reported_at, derived
                        FROM need
                        WHERE response_id = :response AND withdrawn_at IS NULL AND (:only = -1 OR community_id = :only)
                        ORDER BY id""")
                .param("response", response.value())
                .param("only", only.map(CommunityId::value).orElse(-1L))
                .query(row -> {
                    Need need = need(row);
                    needs.computeIfAbsent(
                                    need.community(), id -> new TreeMap<>(Comparator.comparingLong(ItemId::value)))
                            .computeIfAbsent(need.item(), id -> new ArrayList<>())
                            .add(need);
                });
        return needs;
    }

    private static Need need(ResultSet row) throws SQLException {
        return new Need(
                new NeedId(row.getLong("id")),
                new CommunityId(row.getLong("community_id")),
                new ItemId(row.getLong("item_id")),
                NeedKind.valueOf(row.getString("kind")),
                new Quantity(row.getLong("quantity")),
                Priority.of(row.getInt("priority")),
                Optional.ofNullable(row.getTimestamp("needed_by")).map(Timestamp::toInstant),
                row.getTimestamp("reported_at").toInstant(),
                row.getBoolean("derived"),
                false);
    }
}
