package jp.musubi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.common.SmallCounts;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.trace.PublicFigures.PlaceLine;
import org.junit.jupiter.api.Test;

class PublicFiguresTest {

    @Test
    void showsTotalsBeforeTheirPartsAndLeavesOutSmallOnes() {
        PublicFigures figures = publish(
                new PublicCounts.Wants(new MunicipalityCode("04212"), 30, 40),
                new PublicCounts.Wants(new MunicipalityCode("03461"), 2, 50),
                new PublicCounts.Wants(new MunicipalityCode("03211"), 20, 60));

        assertThat(figures.places())
                .extracting(PlaceLine::code)
                .containsExactly("", "03", "03211", "03461", "04", "04212");
        assertThat(line(figures, "03461").met()).isEmpty();
        assertThat(line(figures, "03461").share())
                .as("a share would give it back")
                .isEmpty();
        assertThat(line(figures, "03211").met())
                .as("else the prefecture gives it back")
                .isEmpty();
        assertThat(line(figures, "03461").lacking()).hasValue(50);
        assertThat(line(figures, "03").met()).hasValue(22);
        assertThat(line(figures, "04212").share()).hasValue(30.0 / 70);
    }

    @Test
    void leavesOutSmallQuantitiesOfGoods() {
        PublicFigures figures = PublicFigures.publish(
                new PublicCounts(
                        List.of(new PublicCounts.Goods(ItemGroup.FOOD, "meal", 1200, 4, 0, 5)), List.of(), true),
                Optional.empty(),
                SmallCounts.STANDARD);

        PublicFigures.GoodsLine line = figures.goods().get(0);
        assertThat(List.of(line.given(), line.sent(), line.received(), line.needed()))
                .containsExactly(OptionalLong.of(1200), OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(5));
        assertThat(figures.derived()).isTrue();
    }

    @Test
    void keepsAGapOfTheReleaseBefore() {
        PublicFigures before = publish(new PublicCounts.Wants(new MunicipalityCode("03461"), 3, 50));
        PublicFigures after = PublicFigures.publish(
                new PublicCounts(
                        List.of(), List.of(new PublicCounts.Wants(new MunicipalityCode("03461"), 6, 47)), false),
                Optional.of(before),
                SmallCounts.STANDARD);

        assertThat(line(after, "03461").met()).isEmpty();
        assertThat(line(after, "03461").lacking()).hasValue(47);
    }

    private static PublicFigures publish(PublicCounts.Wants... wants) {
        return PublicFigures.publish(
                new PublicCounts(List.of(), List.of(wants), false), Optional.empty(), SmallCounts.STANDARD);
    }

    private static PlaceLine line(PublicFigures figures, String code) {
        return figures.places().stream()
                .filter(place -> place.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
