package jp.musubi.trace;

import java.util.List;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.place.MunicipalityCode;

/**
 * What stands behind the public page, before small counts are left out. Never shown as it is.
 *
 * @param derived whether any of it was made up or derived for an exercise
 */
public record PublicCounts(List<Goods> goods, List<Wants> wants, boolean derived) {

    public PublicCounts {
        goods = List.copyOf(goods);
        wants = List.copyOf(wants);
    }

    /**
     * Goods of one group counted in one unit, in base units.
     *
     * @param given by donors, less what they took back
     * @param sent towards communities
     * @param received by communities, in whatever condition they accepted
     * @param needed what communities still lack beyond everything under way or promised
     */
    public record Goods(ItemGroup group, String unit, long given, long sent, long received, long needed) {}

    /**
     * What the communities of a municipality want: one count for each item of each community.
     *
     * @param met wants for which nothing more has to be found
     * @param lacking wants for which something is still missing
     */
    public record Wants(MunicipalityCode municipality, long met, long lacking) {}
}
