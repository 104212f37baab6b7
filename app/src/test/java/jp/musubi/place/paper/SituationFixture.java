package jp.musubi.place.paper;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import jp.musubi.need.Freshness.AgeClass;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.HubState;
import jp.musubi.place.Position;
import jp.musubi.place.geo.Mark;
import jp.musubi.place.geo.Situation;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.place.paper.SituationNow.Detail;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;

/** Places along the coast of Miyagi and Iwate, made up for tests. */
final class SituationFixture {

    static final Instant NOW = Instant.parse("2011-03-14T03:20:00Z");

    static final Response RESPONSE = new Response(
            new ResponseId(1),
            "tohoku-2011",
            "東日本大震災 演習",
            "Great East Japan Earthquake (exercise)",
            ZoneId.of("Asia/Tokyo"),
            List.of(Locale.JAPANESE, Locale.ENGLISH),
            new Bounds(36.5, 138.5, 41.8, 142.5),
            new ResponseClock.Fixed(NOW),
            true);

    private static final Mark[] MARKS = {Mark.CIRCLE, Mark.CIRCLE, Mark.RING, Mark.SQUARE, Mark.TRIANGLE, Mark.DIAMOND};

    private record Place(String code, String ja, String en, String prefecture, double latitude, double longitude) {}

    private static final List<Place> TOWNS = List.of(
            new Place("03202", "宮古市", "Miyako", "岩手県", 39.641, 141.957),
            new Place("03461", "大槌町", "Otsuchi", "岩手県", 39.358, 141.900),
            new Place("03211", "釜石市", "Kamaishi", "岩手県", 39.276, 141.886),
            new Place("03203", "大船渡市", "Ofunato", "岩手県", 39.082, 141.709),
            new Place("04205", "気仙沼市", "Kesennuma", "宮城県", 38.908, 141.570),
            new Place("04606", "南三陸町", "Minamisanriku", "宮城県", 38.678, 141.446),
            new Place("04202", "石巻市", "Ishinomaki", "宮城県", 38.434, 141.303),
            new Place("04100", "仙台市", "Sendai", "宮城県", 38.268, 140.870),
            new Place("04361", "亘理町", "Watari", "宮城県", 38.038, 140.853));

    private SituationFixture() {}

    static SituationNow of(int communities, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        Random random = new Random(20110311);
        List<Community> all = new ArrayList<>();
        for (int i = 1; i <= communities; i++) {
            Place place = TOWNS.get((int) (random.nextDouble() * random.nextDouble() * TOWNS.size()));
            Optional<Position> at = i % 40 == 0
                    ? Optional.empty()
                    : Optional.of(new Position(
                            place.latitude() + random.nextGaussian() * 0.02,
                            place.longitude() - Math.abs(random.nextGaussian() * 0.025)));
            all.add(community(
                    i,
                    english ? place.en() + " " + i : place.ja() + " 第" + i,
                    place.code(),
                    MARKS[i % MARKS.length],
                    at,
                    i % 9 == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
                    i % 11 == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(900)),
                    i % 5 == 0,
                    i % 7 == 0));
        }
        return with(all, locale);
    }

    static Community community(
            long id,
            String name,
            String town,
            Mark mark,
            Optional<Position> at,
            OptionalDouble covered,
            OptionalLong people,
            boolean estimate,
            boolean stale) {
        return new Community(new CommunityId(id), name, town, mark, at, covered, people, estimate, stale);
    }

    static SituationNow with(List<Community> communities, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        Map<CommunityId, Detail> details = new LinkedHashMap<>();
        for (Community community : communities) {
            details.put(
                    community.id(),
                    new Detail(
                            Stream.of(CommunityKind.values())
                                    .filter(kind -> Mark.of(kind) == community.mark())
                                    .findFirst()
                                    .orElseThrow(),
                            english ? "Blankets 120 × sheet" : "毛布 120枚",
                            community.stale() ? AgeClass.STALE : AgeClass.FRESH));
        }
        Map<String, String> names = new LinkedHashMap<>();
        List<Town> towns = new ArrayList<>();
        for (Place place : TOWNS) {
            names.put(place.code(), english ? place.en() : place.prefecture() + place.ja());
            towns.add(new Town(
                    place.code(),
                    place.code(),
                    english ? place.en() : place.ja(),
                    place.prefecture(),
                    new Position(place.latitude(), place.longitude()),
                    place.ja().endsWith("市") ? 0 : 1));
        }
        List<Depot> hubs = List.of(
                new Depot(
                        english ? "Tono base" : "遠野 後方支援拠点",
                        HubState.WORKING,
                        Optional.of(new Position(39.328, 141.533))),
                new Depot(english ? "Tome hub" : "登米 物資拠点", HubState.FULL, Optional.of(new Position(38.692, 141.188))),
                new Depot(
                        english ? "Ishinomaki hub" : "石巻 物資拠点",
                        HubState.CLOSED,
                        Optional.of(new Position(38.434, 141.303))));
        return new SituationNow(new Situation(towns, hubs, communities), details, names);
    }
}
