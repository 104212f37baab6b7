package jp.musubi.matching.store;

import java.math.BigDecimal;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.common.BilingualText;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.SealedJson;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.Coverage;
import jp.musubi.matching.KeptLine;
import jp.musubi.matching.LineReason;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanDraft;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanLineId;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyUse;
import jp.musubi.matching.Shortfall;
import jp.musubi.matching.StockKey;
import jp.musubi.matching.Wish;
import jp.musubi.matching.WishId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Inside a kept plan, lots, communities and items are named by their ids in this installation. */
@Repository
@Transactional
class JdbcPlans implements Plans {

    /** A line is accepted while the ledger holds a promise for it, or has sent it. */
    private static final String ACCEPTED =
            "EXISTS (SELECT 1 FROM reservation r WHERE r.plan_line_id = l.id AND r.state IN ('OPEN', 'SENT'))";

    private static final String HEAD = "SELECT p.* FROM plan p ";

    /** Promises are fewer than lines of plans: who counts begins with them. */
    private static final String ACCEPTED_COUNTS = """
            SELECT l.plan_id, count(DISTINCT l.id) AS accepted_count
              FROM reservation r
              JOIN plan_line l ON l.id = r.plan_line_id
             WHERE r.response_id = ? AND r.state IN ('OPEN', 'SENT')
            """;

    private static final String LINE = """
            SELECT l.id, l.plan_id, l.lot_id, l.place, l.place_ref, l.need_key, l.community_id, l.quantity, l.version,
                   %s AS accepted
              FROM plan_line l
            """.formatted(ACCEPTED);

    static final SealedJson<LineReason.NextBest> NEXT_BEST = new SealedJson<>(LineReason.NextBest.class);
    static final SealedJson<Shortfall.Cause> CAUSE = new SealedJson<>(Shortfall.Cause.class);

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final PlanLimits limits;

    JdbcPlans(JdbcClient jdbc, BulkRows bulk, PlanLimits limits) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.limits = limits;
    }

    @Override
    public PlanHead keep(PlanDraft draft) {
        // The lock on the response's row gives numbers without gaps and without failing on the constraint.
        lock(draft.response());
        int number = jdbc.sql("SELECT coalesce(max(number), 0) + 1 FROM plan WHERE response_id = ?")
                .param(draft.response().value())
                .query(Integer.class)
                .single();
        insertHead(draft, number);
        PlanId id = new PlanId(jdbc.sql("SELECT id FROM plan WHERE response_id = ? AND number = ?")
                .params(draft.response().value(), number)
                .query(Long.class)
                .single());
        Map<NeedKey, OpenNeed> needs = new HashMap<>();
        draft.problem().needs().forEach(need -> needs.put(need.key(), need));
        Map<String, Place> places = places(draft.response());
        insertLines(id, draft, needs, places);
        insertShortfalls(id, draft, needs);
        insertItems(id, draft, needs);
        limits.keep(id, draft.loads());
        Map<String, String> prefectures = new HashMap<>();
        places.forEach((community, place) ->
                prefectures.put(community, place.municipality().substring(0, 2)));
        limits.keepPrices(id, draft.problem().needs(), draft.needPrices(), prefectures);
        return findByNumber(draft.response(), number)
                .orElseThrow(() -> new IllegalStateException("Plan " + number + " was not kept."));
    }

    private void insertHead(PlanDraft draft, int number) {
        PlanFigures figures = draft.plan().figures();
        Optional<Coverage> coverage = Optional.ofNullable(figures.coverage());
        jdbc.sql("""
                        INSERT INTO plan (response_id, number, made_by, made_at, as_of, equity, substitute_km, policy_version, policy_key,
                                          policy_number, policy_name_ja, policy_name_en, policy_changed, policy_json,
                                          engine, input_hash, input_file, lots, needs, line_count, objective, lower_bound, served_units, unmet_units,
                                          weighted_unmet, coverage_p10, coverage_median, zero_share, unit_km, rounds,
                                          solve_millis)
                        VALUES (:response, :number, :by, :madeAt, :asOf, :equity, :substituteKm, :policyVersion, :policyKey,
                                :policyNumber, :policyNameJa, :policyNameEn, :policyChanged, :policyJson, :engine, :hash,
                                :file, :lots, :needs, :lines, :objective, :bound, :served, :unmet, :weighted, :p10, :median, :zero,
                                :unitKm, :rounds, :millis)""")
                .param("response", draft.response().value())
                .param("number", number)
                .param("by", draft.by().map(PersonId::value).orElse(null))
                .param("madeAt", Timestamp.from(draft.madeAt()))
                .param("asOf", Timestamp.from(draft.problem().now()))
                .param("equity", draft.problem().policy().equity())
                .param("substituteKm", substituteKm(draft.problem().policy()))
                .param("policyVersion", Policy.VERSION)
                .param("engine", draft.engine())
                .param("policyKey", draft.policy().key())
                .param("policyNumber", draft.policy().version())
                .param("policyNameJa", draft.policy().name().ja())
                .param("policyNameEn", draft.policy().name().en())
                .param("policyChanged", draft.policy().changed())
                .param("policyJson", PolicyJson.write(draft.policy().terms()))
                .param("hash", draft.input().hash())
                .param("file", draft.input().file())
                .param("lots", draft.problem().lots().size())
                .param("needs", draft.problem().needs().size())
                .param("lines", draft.plan().lines().size())
                .param("objective", new BigDecimal(figures.objective()))
                .param("bound", new BigDecimal(figures.lowerBound()))
                .param("served", figures.servedUnits())
                .param("unmet", figures.unmetUnits())
                .param("weighted", figures.weightedUnmet())
                .param("p10", coverage.map(Coverage::p10).orElse(null))
                .param("median", coverage.map(Coverage::median).orElse(null))
                .param("zero", coverage.map(Coverage::zeroShare).orElse(null))
                .param("unitKm", figures.unitKm())
                .param("rounds", figures.rounds())
                .param("millis", draft.solveTime().toMillis())
                .update();
    }

    private static @Nullable Integer substituteKm(Policy policy) {
        return policy.substitutions().isEmpty() ? null : policy.substitutePenaltyKm();
    }

    private void insertLines(PlanId plan, PlanDraft draft, Map<NeedKey, OpenNeed> needs, Map<String, Place> places) {
        List<@Nullable Object[]> rows = new ArrayList<>(draft.reasons().size());
        int[] placesInPlan = placesInPlan(draft, needs, places);
        for (int i = 0; i < draft.reasons().size(); i++) {
            PlanLine line = draft.plan().lines().get(i);
            LineReason reason = draft.reasons().get(i);
            OpenNeed need = need(needs, line.need());
            StockKey lot = StockKey.of(line.lot());
            rows.add(new @Nullable Object[] {
                plan.value(),
                lot.lot(),
                lot.place(),
                lot.placeRef(),
                line.need().value(),
                Long.valueOf(need.community().value()),
                Long.valueOf(line.item()),
                Long.valueOf(need.item()),
                line.quantity(),
                line.km(),
                line.arrival(),
                line.unitCost(),
                line.locked(),
                reason.gain(),
                reason.nextBest().map(NEXT_BEST::write).orElse(null),
                0,
                placesInPlan[i]
            });
        }
        bulk.insert(
                "plan_line",
                "plan_id, lot_id, place, place_ref, need_key, community_id, item_id, need_item_id, quantity, km, arrive_at,"
                        + " unit_cost, locked, gain, next_best_json, version, place_in_plan",
                rows);
    }

    private record Place(String municipality, String name) {}

    /** By community. */
    private Map<String, Place> places(ResponseId response) {
        Map<String, Place> places = new HashMap<>();
        jdbc.sql("SELECT id, municipality_code, name FROM community WHERE response_id = ?")
                .param(response.value())
                .query(row -> {
                    places.put(
                            row.getString("id"), new Place(row.getString("municipality_code"), row.getString("name")));
                });
        return places;
    }

    /** For each line its place on the pages, from 1: by municipality, community and item. */
    private static int[] placesInPlan(PlanDraft draft, Map<NeedKey, OpenNeed> needs, Map<String, Place> places) {
        Place unknown = new Place("", "");
        List<PlanLine> lines = draft.plan().lines();
        Function<Integer, Place> placeOf = i ->
                places.getOrDefault(need(needs, lines.get(i).need()).community().value(), unknown);
        List<Integer> order = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> placeOf.apply(i).municipality())
                        .thenComparing(i -> placeOf.apply(i).name())
                        .thenComparingLong(i -> Long.parseLong(lines.get(i).item()))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int[] placesInPlan = new int[order.size()];
        for (int place = 0; place < placesInPlan.length; place++) {
            placesInPlan[order.get(place)] = place + 1;
        }
        return placesInPlan;
    }

    private void insertItems(PlanId plan, PlanDraft draft, Map<NeedKey, OpenNeed> needs) {
        SortedSet<Long> items = new TreeSet<>();
        for (PlanLine line : draft.plan().lines()) {
            items.add(Long.valueOf(line.item()));
            items.add(Long.valueOf(need(needs, line.need()).item()));
        }
        draft.shortfalls()
                .forEach(lack -> items.add(Long.valueOf(need(needs, lack.need()).item())));
        bulk.insert(
                "plan_item",
                "plan_id, item_id",
                items.stream()
                        .map(item -> new @Nullable Object[] {plan.value(), item})
                        .toList());
    }

    private void insertShortfalls(PlanId plan, PlanDraft draft, Map<NeedKey, OpenNeed> needs) {
        List<@Nullable Object[]> rows = new ArrayList<>(draft.shortfalls().size());
        for (Shortfall shortfall : draft.shortfalls()) {
            OpenNeed need = need(needs, shortfall.need());
            rows.add(new @Nullable Object[] {
                plan.value(),
                need.key().value(),
                Long.valueOf(need.community().value()),
                Long.valueOf(need.item()),
                need.priority(),
                need.neededBy(),
                need.quantity(),
                shortfall.unmet(),
                CAUSE.write(shortfall.cause())
            });
        }
        bulk.insert(
                "plan_shortfall",
                "plan_id, need_key, community_id, item_id, priority, needed_by, asked, unmet, cause_json",
                rows);
    }

    private static OpenNeed need(Map<NeedKey, OpenNeed> needs, NeedKey key) {
        OpenNeed need = needs.get(key);
        if (need == null) {
            throw new IllegalArgumentException("The plan serves an unknown need " + key + ".");
        }
        return need;
    }

    @Override
    public List<PlanHead> listPlans(ResponseId response) {
        Map<Long, Integer> accepted = new HashMap<>();
        jdbc.sql(ACCEPTED_COUNTS + "GROUP BY l.plan_id").param(response.value()).query(row -> {
            accepted.put(row.getLong("plan_id"), row.getInt("accepted_count"));
        });
        return jdbc.sql(HEAD + "WHERE p.response_id = ? ORDER BY p.number DESC")
                .param(response.value())
                .query((row, n) -> head(row, accepted.getOrDefault(row.getLong("id"), 0)))
                .list();
    }

    @Override
    public Optional<PlanHead> findNewest(ResponseId response) {
        return jdbc.sql(HEAD + "WHERE p.response_id = ? ORDER BY p.number DESC LIMIT 1")
                .param(response.value())
                .query((row, n) -> head(row, countAccepted(response, row.getLong("id"))))
                .optional();
    }

    @Override
    public Optional<PlanHead> findByNumber(ResponseId response, int number) {
        return jdbc.sql(HEAD + "WHERE p.response_id = ? AND p.number = ?")
                .params(response.value(), number)
                .query((row, n) -> head(row, countAccepted(response, row.getLong("id"))))
                .optional();
    }

    private int countAccepted(ResponseId response, long plan) {
        return jdbc.sql(ACCEPTED_COUNTS + "AND l.plan_id = ? GROUP BY l.plan_id")
                .params(response.value(), plan)
                .query((row, n) -> row.getInt("accepted_count"))
                .optional()
                .orElse(0);
    }

    @Override
    public List<PlanLine> listLines(PlanId plan) {
        return jdbc
                .sql("SELECT * FROM plan_line WHERE plan_id = ?")
                .param(plan.value())
                .query((row, n) -> new PlanLine(
                        new StockKey(row.getLong("lot_id"), row.getString("place"), row.getLong("place_ref")).key(),
                        new NeedKey(row.getString("need_key")),
                        row.getString("item_id"),
                        JdbcPlanningData.BASE_UNIT,
                        row.getLong("quantity"),
                        row.getDouble("km"),
                        row.getTimestamp("arrive_at").toInstant(),
                        row.getLong("unit_cost"),
                        row.getBoolean("locked")))
                .list()
                .stream()
                .sorted(Comparator.comparing(PlanLine::lot).thenComparing(PlanLine::need))
                .toList();
    }

    @Override
    public List<Integer> listNumbers(ResponseId response) {
        return jdbc.sql("SELECT number FROM plan WHERE response_id = ? ORDER BY number DESC")
                .param(response.value())
                .query(Integer.class)
                .list();
    }

    @Override
    public List<KeptLine> lockLines(PlanId plan) {
        // First the lock, then the look: lines may have been decided while the lock was waited for.
        jdbc.sql("SELECT id FROM plan WHERE id = ? FOR UPDATE")
                .param(plan.value())
                .query(Long.class)
                .single();
        return jdbc.sql(LINE + "WHERE l.plan_id = ? ORDER BY l.lot_id, l.place, l.place_ref, l.need_key")
                .param(plan.value())
                .query(JdbcPlans::line)
                .list();
    }

    @Override
    public void noteDecisions(List<KeptLine> lines, Optional<PersonId> by, Instant at) {
        jdbc.sql("UPDATE plan_line SET decided_by = ?, decided_at = ?, version = version + 1 WHERE id = ANY (?)")
                .param(by.map(PersonId::value).orElse(null))
                .param(Timestamp.from(at))
                .param(lines.stream().map(line -> line.id().value()).toArray(Long[]::new))
                .update();
        lines.stream()
                .collect(Collectors.groupingBy(KeptLine::plan, Collectors.counting()))
                .forEach((plan, count) -> jdbc.sql("UPDATE plan SET decisions = decisions + ? WHERE id = ?")
                        .params(count, plan.value())
                        .update());
    }

    @Override
    public List<Wish> listWishes(ResponseId response) {
        return jdbc.sql("SELECT * FROM plan_wish WHERE response_id = ? AND ended_at IS NULL ORDER BY id")
                .param(response.value())
                .query(JdbcPlans::wish)
                .list();
    }

    @Override
    public void lockWishes(ResponseId response) {
        lock(response);
    }

    private void lock(ResponseId response) {
        jdbc.sql("SELECT id FROM response WHERE id = ? FOR UPDATE")
                .param(response.value())
                .query(Long.class)
                .single();
    }

    @Override
    public Wish add(ResponseId response, Wish draft) {
        String lot = draft.lot().value();
        if (draft.kind() == Wish.Kind.LOCK) {
            jdbc.sql("""
                            UPDATE plan_wish SET ended_at = :at, ended_by = :by
                             WHERE response_id = :response AND ended_at IS NULL AND kind = 'LOCK'
                               AND lot_key = :lot AND need_key = :need""")
                    .param("at", Timestamp.from(draft.at()))
                    .param("by", draft.by().map(PersonId::value).orElse(null))
                    .param("response", response.value())
                    .param("lot", lot)
                    .param("need", draft.need().map(NeedKey::value).orElse(null))
                    .update();
        }
        jdbc.sql("""
                        INSERT INTO plan_wish (response_id, kind, lot_key, need_key, community_id, quantity, made_by,
                                               made_at, reason)
                        VALUES (:response, :kind, :lot, :need, :community, :quantity, :by, :at, :reason)""")
                .param("response", response.value())
                .param("kind", draft.kind().name())
                .param("lot", lot)
                .param("need", draft.need().map(NeedKey::value).orElse(null))
                .param(
                        "community",
                        draft.community().map(key -> Long.valueOf(key.value())).orElse(null))
                .param("quantity", draft.quantity().orElse(null))
                .param("by", draft.by().map(PersonId::value).orElse(null))
                .param("at", Timestamp.from(draft.at()))
                .param("reason", draft.reason().orElse(null))
                .update();
        return jdbc.sql("SELECT * FROM plan_wish WHERE response_id = ? AND lot_key = ? ORDER BY id DESC LIMIT 1")
                .params(response.value(), lot)
                .query(JdbcPlans::wish)
                .single();
    }

    @Override
    public boolean end(ResponseId response, WishId wish, Optional<PersonId> by, Instant at) {
        return jdbc.sql("""
                                UPDATE plan_wish SET ended_at = :at, ended_by = :by
                                 WHERE response_id = :response AND id = :id AND ended_at IS NULL""")
                        .param("at", Timestamp.from(at))
                        .param("by", by.map(PersonId::value).orElse(null))
                        .param("response", response.value())
                        .param("id", wish.value())
                        .update()
                == 1;
    }

    private static PlanHead head(ResultSet row, int accepted) throws SQLException {
        return new PlanHead(
                new PlanId(row.getLong("id")),
                new ResponseId(row.getLong("response_id")),
                row.getInt("number"),
                Optional.ofNullable(row.getObject("made_by", Long.class)).map(PersonId::new),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("as_of").toInstant(),
                row.getDouble("equity"),
                Optional.ofNullable(row.getObject("substitute_km", Integer.class)),
                policy(row),
                row.getString("engine"),
                row.getString("input_hash"),
                Optional.ofNullable(row.getString("input_file")),
                row.getInt("lots"),
                row.getInt("needs"),
                row.getBigDecimal("objective").toBigIntegerExact(),
                row.getBigDecimal("lower_bound").toBigIntegerExact(),
                row.getLong("served_units"),
                row.getLong("unmet_units"),
                row.getObject("weighted_unmet", Double.class),
                row.getObject("coverage_p10", Double.class),
                row.getObject("coverage_median", Double.class),
                row.getObject("zero_share", Double.class),
                row.getDouble("unit_km"),
                row.getInt("rounds"),
                row.getLong("solve_millis"),
                row.getInt("line_count"),
                accepted);
    }

    private static Optional<PolicyUse> policy(ResultSet row) throws SQLException {
        String key = row.getString("policy_key");
        if (key == null) {
            return Optional.empty();
        }
        return Optional.of(new PolicyUse(
                key,
                BilingualText.of(row.getString("policy_name_ja"), row.getString("policy_name_en")),
                row.getInt("policy_number"),
                PolicyJson.read(row.getString("policy_json")),
                row.getBoolean("policy_changed")));
    }

    private static KeptLine line(ResultSet row, int n) throws SQLException {
        return new KeptLine(
                new PlanLineId(row.getLong("id")),
                new PlanId(row.getLong("plan_id")),
                new StockKey(row.getLong("lot_id"), row.getString("place"), row.getLong("place_ref")),
                new NeedKey(row.getString("need_key")),
                new CommunityKey(row.getString("community_id")),
                row.getLong("quantity"),
                row.getBoolean("accepted"),
                row.getInt("version"));
    }

    private static Wish wish(ResultSet row, int n) throws SQLException {
        return new Wish(
                new WishId(row.getLong("id")),
                Wish.Kind.valueOf(row.getString("kind")),
                new LotKey(row.getString("lot_key")),
                Optional.ofNullable(row.getString("need_key")).map(NeedKey::new),
                Optional.ofNullable(row.getString("community_id")).map(CommunityKey::new),
                Optional.ofNullable(row.getObject("quantity", Long.class)),
                Optional.ofNullable(row.getObject("made_by", Long.class)).map(PersonId::new),
                row.getTimestamp("made_at").toInstant(),
                Optional.ofNullable(row.getString("reason")));
    }
}
