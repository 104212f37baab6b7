package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import jp.musubi.place.CommunityId;
import jp.musubi.place.Position;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.response.Bounds;
import org.junit.jupiter.api.Test;

class SymbolGroupsTest {

    private static final Bounds AREA = new Bounds(38.2, 141.1, 38.6, 141.6);
    private static final Sheet SHEET = Sheet.fit(PlaneZone.of(AREA), AREA, new Rectangle2D.Double(0, 0, 400, 400));

    @Test
    void losesNobodyAndLeavesNoSymbolOnAnother() {
        Random random = new Random(38);
        List<Community> communities = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            communities.add(community(
                    i,
                    new Position(38.4 + random.nextGaussian() * 0.08, 141.35 + random.nextGaussian() * 0.08),
                    random.nextInt(9) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble())));
        }

        List<Symbol> symbols = SymbolGroups.join(communities, SHEET, Community::id);

        assertThat(symbols.stream().flatMap(symbol -> symbol.members().stream()))
                .containsExactlyInAnyOrderElementsOf(communities);
        assertThat(symbols)
                .hasSizeBetween(10, 1000)
                .anyMatch(Symbol::isCluster)
                .anyMatch(symbol -> !symbol.isCluster());
        for (Symbol symbol : symbols) {
            for (Symbol other : symbols) {
                if (!symbol.equals(other)) {
                    assertThat(symbol.at().distance(other.at()))
                            .isGreaterThanOrEqualTo(symbol.radius()
                                    + other.radius()
                                    - 0.15 * Math.min(symbol.radius(), other.radius()));
                }
            }
        }
    }

    @Test
    void putsWhoHasNothingFirstAndTheUnknownBeforeTheCovered() {
        Position here = new Position(38.4, 141.3);
        Community covered = community(1, here, OptionalDouble.of(1));
        Community unknown = community(2, here, OptionalDouble.empty());
        Community nothing = community(3, here, OptionalDouble.of(0));

        List<Symbol> symbols = SymbolGroups.join(List.of(covered, unknown, nothing), SHEET, Community::id);

        assertThat(symbols).singleElement().satisfies(symbol -> {
            assertThat(symbol.members()).containsExactly(nothing, unknown, covered);
            assertThat(symbol.at().distance(SHEET.toPaper(here))).isLessThan(1e-6);
        });
    }

    private static Community community(long id, Position at, OptionalDouble covered) {
        return new Community(
                new CommunityId(id),
                "C" + id,
                "04202",
                Mark.CIRCLE,
                Optional.of(at),
                covered,
                OptionalLong.of(100),
                false,
                false);
    }
}
