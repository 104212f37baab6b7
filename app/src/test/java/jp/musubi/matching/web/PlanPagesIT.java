package jp.musubi.matching.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.ItemChoice;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.web.PlanDecisions.Choice;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.WebApplicationContext;

/** What the pages of plans read stays small, however much there is. */
@MusubiIT
class PlanPagesIT extends PlanScene {

    PlanPagesIT(WebApplicationContext context) {
        super(context);
    }

    @Test
    void pagesOfAnyFilterJoinToTheWholePlanInItsOrder() {
        for (int i = 0; i < 7; i++) {
            need("place-" + i, i % 2 == 0 ? "03211" : "02203", "POINT(141.8%d 39.2%d)".formatted(i, i), blanket, 3);
        }
        PlanHead plan = planned();
        List<LineRow> all = lines(plan);
        assertThat(all).hasSize(9);
        assertThat(all)
                .extracting(LineRow::communityName)
                .contains("near", "far")
                .doesNotHaveDuplicates();
        assertThat(all.stream().map(line -> line.municipality().ja()).distinct())
                .as("by municipality")
                .hasSize(2);

        for (Filter filter : List.of(
                Filter.ALL,
                new Filter(blanket.value(), "", 0),
                new Filter(0, "03", 0),
                new Filter(blanket.value(), "03211", 0),
                new Filter(0, "", all.get(0).community()))) {
            List<LineRow> paged = new ArrayList<>();
            int count = listing.countLines(plan.id(), filter);
            for (int from = 0; from < count; from += 2) {
                List<LineRow> page = listing.listLines(plan.id(), filter, from, 2);
                assertThat(page).hasSizeLessThanOrEqualTo(2);
                paged.addAll(page);
            }
            assertThat(paged)
                    .as(filter.toString())
                    .isEqualTo(all.stream()
                            .filter(line -> filter.item() == 0 || line.itemId() == filter.item())
                            .filter(line -> filter.community() == 0 || line.community() == filter.community())
                            .filter(line -> filter.region().isEmpty()
                                    || listing.listLines(plan.id(), filter, 0, 100)
                                            .contains(line))
                            .toList());
            assertThat(paged).isNotEmpty().hasSize(count);
        }
        assertThat(listing.countLines(plan.id(), new Filter(0, "03211", 0))).isEqualTo(5);
        assertThat(listing.countLines(plan.id(), new Filter(0, "02203", 0))).isEqualTo(4);
        assertThat(listing.listItems(plan.id())).extracting(ItemChoice::id).containsExactly(blanket.value());
    }

    @Test
    void countsDecisionsAndAcceptedLines() {
        PlanHead other = planned();
        PlanHead plan = planned();
        long before = listing.mark(plan.id()).decisions();
        decisions.accept(response, plan, new Choice.All(), Optional.empty());

        assertThat(listing.mark(plan.id()).decisions()).isEqualTo(before + 2);
        assertThat(listing.mark(other.id()).decisions()).isZero();
        assertThat(plans.listPlans(response.id()))
                .extracting(PlanHead::acceptedLines)
                .containsExactly(2, 0);
        assertThat(plans.findByNumber(response.id(), plan.number())
                        .orElseThrow()
                        .acceptedLines())
                .isEqualTo(2);
        assertThat(plans.findByNumber(response.id(), other.number())
                        .orElseThrow()
                        .acceptedLines())
                .isZero();
    }

    @Test
    void showsABoundedNumberOfPlansWishesAndDifferences() throws Exception {
        for (int i = 0; i < PlanPages.MOST_CHANGES + 5; i++) {
            need("many-%03d".formatted(i), "03211", "POINT(141.%d 39.27)".formatted(400 + i), blanket, 1);
        }
        give("L2", blanket, 400);
        PlanHead with = planned();
        jdbc.sql("UPDATE need SET quantity = 2 WHERE response_id = ? AND external_id LIKE 'many%'")
                .param(response.id().value())
                .update();
        PlanHead more = planned();
        PlanListing.Changes changes = listing.listChanges(with.id(), more.id(), PlanPages.MOST_CHANGES);
        assertThat(changes.rows()).hasSize(PlanPages.MOST_CHANGES);
        assertThat(changes.all()).isGreaterThan(PlanPages.MOST_CHANGES);
        assertThat(count(page("/plan/" + more.number() + "/compare?lang=en&with=" + with.number()), "<tr>"))
                .as("rows of both tables and their heads")
                .isLessThanOrEqualTo(PlanPages.MOST_CHANGES + 6);

        String lot = lines(with).get(0).lotKey();
        for (int i = 0; i < PlanPages.MOST_WISHES + 3; i++) {
            jdbc.sql("""
                            INSERT INTO plan_wish (response_id, kind, lot_key, made_at) VALUES (?, 'HOLD', ?, ?)""")
                    .params(response.id().value(), lot, Timestamp.from(NOW))
                    .update();
        }
        jdbc.sql("""
                        INSERT INTO plan (response_id, number, made_at, as_of, equity, policy_version, engine, input_hash,
                                          lots, needs, line_count, objective, lower_bound, served_units, unmet_units,
                                          unit_km, rounds, solve_millis)
                        SELECT p.response_id, p.number + n.id, p.made_at, p.as_of, p.equity, p.policy_version, p.engine,
                               p.input_hash, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                          FROM plan p CROSS JOIN (SELECT row_number() OVER (ORDER BY w.id) AS id FROM plan_wish w
                                                   WHERE w.response_id = :response) n
                         WHERE p.response_id = :response AND p.number = :number AND n.id <= :more""")
                .param("response", response.id().value())
                .param("number", more.number())
                .param("more", PlanPages.MOST_PLANS)
                .update();

        String list = page("/plan?lang=en");
        assertThat(list)
                .contains("The newest 100 of 102 plans.", "The newest 200 of 203.")
                .contains(">Plan 102<")
                .doesNotContain(">Plan 2<");
        assertThat(listing.listWishes(response.id(), 3)).hasSize(3);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private String page(String path) throws Exception {
        return web.perform(get("/r/" + response.code() + path)
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(UTF_8);
    }
}
