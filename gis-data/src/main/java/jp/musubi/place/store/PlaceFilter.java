package jp.musubi.place.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.Prefecture;
import jp.musubi.place.SearchKey;
import jp.musubi.response.Bounds;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Which communities or hubs of a response are wanted. Everything left empty does not narrow.
 *
 * @param regions prefixes of municipality codes the reader may see ({@code Actor.regionsFor}); empty Optional = all,
 *     empty set = none
 * @param municipality a city stands for its wards too
 * @param kinds of communities; hubs have none
 * @param box what the map shows; things without a position are then counted, not listed
 * @param text words that all must be in a name, the municipality's name or the id
 */
public record PlaceFilter(
        ResponseId response,
        Optional<Set<String>> regions,
        Optional<Prefecture> prefecture,
        Optional<MunicipalityCode> municipality,
        Set<CommunityKind> kinds,
        Optional<Bounds> box,
        String text,
        boolean closedToo) {

    public PlaceFilter {
        kinds = Set.copyOf(kinds);
        regions = regions.map(Set::copyOf);
    }

    /** Everything that is open. */
    public static PlaceFilter all(ResponseId response) {
        return new PlaceFilter(
                response, Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), "", false);
    }

    public PlaceFilter seenBy(Optional<Set<String>> visible) {
        return new PlaceFilter(response, visible, prefecture, municipality, kinds, box, text, closedToo);
    }

    public PlaceFilter in(Prefecture wanted) {
        return new PlaceFilter(response, regions, Optional.of(wanted), municipality, kinds, box, text, closedToo);
    }

    public PlaceFilter in(MunicipalityCode wanted) {
        return new PlaceFilter(response, regions, prefecture, Optional.of(wanted), kinds, box, text, closedToo);
    }

    public PlaceFilter of(Set<CommunityKind> wanted) {
        return new PlaceFilter(response, regions, prefecture, municipality, wanted, box, text, closedToo);
    }

    public PlaceFilter within(Bounds shown) {
        return new PlaceFilter(response, regions, prefecture, municipality, kinds, Optional.of(shown), text, closedToo);
    }

    public PlaceFilter matching(String words) {
        return new PlaceFilter(response, regions, prefecture, municipality, kinds, box, words, closedToo);
    }

    public PlaceFilter withClosed() {
        return new PlaceFilter(response, regions, prefecture, municipality, kinds, box, text, true);
    }

    /** The conditions as SQL on {@code community_place} or {@code hub_place}, without box and closing. */
    String where(MapSqlParameterSource values) {
        List<String> conditions = new ArrayList<>(List.of("response_id = :response"));
        values.addValue("response", response.value());
        regions.ifPresent(prefixes -> {
            List<String> any = new ArrayList<>(List.of("1 = 0"));
            for (String prefix : prefixes) {
                String name = "region" + any.size();
                any.add("municipality_code LIKE :" + name);
                values.addValue(name, prefix + "%");
            }
            conditions.add("(" + String.join(" OR ", any) + ")");
        });
        prefecture.ifPresent(wanted -> {
            conditions.add("prefecture_code = :prefecture");
            values.addValue("prefecture", wanted.code());
        });
        municipality.ifPresent(wanted -> {
            conditions.add("(municipality_code = :municipality OR city_code = :municipality)");
            values.addValue("municipality", wanted.value());
        });
        if (!kinds.isEmpty()) {
            conditions.add("kind IN (:kinds)");
            values.addValue("kinds", kinds.stream().map(CommunityKind::name).toList());
        }
        // words are folded to letters and digits: nothing in them means something to LIKE
        for (String word : SearchKey.words(text)) {
            String name = "word" + conditions.size();
            conditions.add("search_key LIKE :" + name);
            values.addValue(name, "%" + word + "%");
        }
        return String.join(" AND ", conditions);
    }

    String box(MapSqlParameterSource values) {
        return box.map(shown -> {
                    values.addValue("west", shown.west())
                            .addValue("south", shown.south())
                            .addValue("east", shown.east())
                            .addValue("north", shown.north());
                    return " AND point && ST_MakeEnvelope(:west, :south, :east, :north, 4326)";
                })
                .orElse("");
    }
}
