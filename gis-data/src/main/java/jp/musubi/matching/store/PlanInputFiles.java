package jp.musubi.matching.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.SealedJson;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.Closures;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.GreatCircleTravel;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.Prices;
import jp.musubi.matching.Sharing;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What plans were made from, as JSON in the file store. The records of the domain are written as they are, sorted by their
 * keys, so that the same input is the same text whatever the order of its rows; that text's SHA-256 is the input's hash.
 * What is stored is the text compressed.
 */
@Component
class PlanInputFiles implements PlanInputs {

    private static final String FORMAT = "musubi-plan-input/2";
    private static final String MEDIA_TYPE = "application/gzip";
    private static final String GREAT_CIRCLE = "great-circle";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // a list is read row by row
            .build();

    private static final SealedJson<PlanConstraints.Ban> BANS = new SealedJson<>(PlanConstraints.Ban.class);

    private final FileStore files;

    PlanInputFiles(FileStore files) {
        this.files = files;
    }

    @Override
    public Kept keep(Input input) throws IOException {
        MessageDigest digest = sha256();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new DigestOutputStream(new GZIPOutputStream(compressed, 1 << 16), digest)) {
            write(input, out);
        }
        FileStore.StoredFile file = files.keepForGood(new ByteArrayInputStream(compressed.toByteArray()), MEDIA_TYPE);
        return new Kept(HexFormat.of().formatHex(digest.digest()), file.contentHash());
    }

    @Override
    public Input open(Kept kept) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(
                new GZIPInputStream(new BufferedInputStream(files.open(kept.file())), 1 << 16), digest)) {
            Input input = read(in);
            in.transferTo(OutputStream.nullOutputStream());
            String hash = HexFormat.of().formatHex(digest.digest());
            if (!hash.equals(kept.hash())) {
                throw new IOException(
                        "The kept input has the hash " + hash + ", but the plan was made from " + kept.hash() + ".");
            }
            return input;
        } catch (JacksonException e) {
            throw new IOException("The kept input cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static void write(Input input, OutputStream out) {
        PlanningProblem problem = input.problem();
        if (!(problem.travel() instanceof GreatCircleTravel) || problem.closures() != Closures.NONE) {
            throw new IllegalArgumentException(
                    "Only great circles without closures can be written down, but there was " + problem.travel() + ".");
        }
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeStringProperty("now", problem.now().toString());
            json.writeStringProperty("policy", PolicyJson.write(new PolicyTerms(problem.policy(), false)));
            json.writeStringProperty("travel", GREAT_CIRCLE);
            list(json, "lots", problem.lots(), Comparator.comparing(AvailableLot::key));
            list(json, "needs", problem.needs(), Comparator.comparing(OpenNeed::key));
            list(
                    json,
                    "locks",
                    problem.constraints().locks(),
                    Comparator.comparing(PlanConstraints.Lock::lot).thenComparing(PlanConstraints.Lock::need));
            list(
                    json,
                    "bans",
                    problem.constraints().bans().stream().map(BANS::write).toList(),
                    Comparator.naturalOrder());
            sharing(json, problem.sharing());
            if (input.start().isPresent()) {
                Kept before = input.start().get().before();
                Plan start = input.start().get().plan();
                json.writeStringProperty("startHash", before.hash());
                json.writeStringProperty("startFile", before.file());
                list(
                        json,
                        "startLines",
                        start.lines(),
                        Comparator.comparing(PlanLine::lot).thenComparing(PlanLine::need));
                json.writePOJOProperty("startFigures", start.figures());
                prices(json, "startLotPrices", start.prices().lots());
                prices(json, "startNeedPrices", start.prices().needs());
            }
            json.writeEndObject();
        }
    }

    /** Nothing is written where items have nothing in common. */
    private static void sharing(JsonGenerator json, Sharing sharing) {
        if (!sharing.equals(Sharing.NOTHING)) {
            json.writePOJOProperty("people", named(sharing.people()));
            json.writePOJOProperty("hubs", named(sharing.hubs()));
            list(json, "limits", sharing.limits(), Comparator.naturalOrder());
            json.writePOJOProperty("bulks", named(sharing.bulks()));
            json.writePOJOProperty("municipalities", named(sharing.municipalities()));
        }
    }

    private static <V> SortedMap<String, V> named(Map<?, V> values) {
        SortedMap<String, V> named = new TreeMap<>();
        values.forEach((key, value) -> named.put(key.toString(), value));
        return named;
    }

    private static <T> void list(JsonGenerator json, String name, List<T> values, Comparator<T> order) {
        json.writeArrayPropertyStart(name);
        values.stream().sorted(order).forEach(json::writePOJO);
        json.writeEndArray();
    }

    private static void prices(JsonGenerator json, String name, Map<?, Long> prices) {
        json.writeObjectPropertyStart(name);
        prices.forEach((key, price) -> json.writeNumberProperty(key.toString(), price));
        json.writeEndObject();
    }

    private static Input read(InputStream in) throws IOException {
        Map<String, String> heads = new TreeMap<>();
        List<AvailableLot> lots = List.of();
        List<OpenNeed> needs = List.of();
        List<PlanConstraints.Lock> locks = List.of();
        List<PlanConstraints.Ban> bans = List.of();
        Map<CommunityKey, Sharing.People> people = new HashMap<>();
        Map<LotKey, String> hubs = new HashMap<>();
        List<Sharing.Limit> limits = List.of();
        Map<String, Sharing.Bulk> bulks = Map.of();
        Map<CommunityKey, String> municipalities = new HashMap<>();
        List<PlanLine> startLines = List.of();
        Optional<PlanFigures> startFigures = Optional.empty();
        Map<LotKey, Long> lotPrices = Map.of();
        Map<NeedKey, Long> needPrices = Map.of();
        try (JsonParser json = MAPPER.createParser(in)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "lots" -> lots = list(json, AvailableLot.class);
                    case "needs" -> needs = list(json, OpenNeed.class);
                    case "locks" -> locks = list(json, PlanConstraints.Lock.class);
                    case "bans" ->
                        bans = list(json, String.class).stream().map(BANS::read).toList();
                    case "people" ->
                        map(json, Sharing.People.class).forEach((key, each) -> people.put(new CommunityKey(key), each));
                    case "hubs" -> map(json, String.class).forEach((key, hub) -> hubs.put(new LotKey(key), hub));
                    case "limits" -> limits = list(json, Sharing.Limit.class);
                    case "bulks" -> bulks = map(json, Sharing.Bulk.class);
                    case "municipalities" ->
                        map(json, String.class).forEach((key, code) -> municipalities.put(new CommunityKey(key), code));
                    case "startLines" -> startLines = list(json, PlanLine.class);
                    case "startFigures" -> startFigures = Optional.of(MAPPER.readValue(json, PlanFigures.class));
                    case "startLotPrices" -> lotPrices = prices(json, LotKey::new);
                    case "startNeedPrices" -> needPrices = prices(json, NeedKey::new);
                    default -> heads.put(name, json.getString());
                }
            }
        }
        if (!FORMAT.equals(heads.get("format")) || !GREAT_CIRCLE.equals(heads.get("travel"))) {
            throw new IOException("The kept input is of a form that this version does not know: " + heads + ".");
        }
        Prices prices = new Prices(lotPrices, needPrices);
        List<PlanLine> lines = startLines;
        return new Input(
                new PlanningProblem(
                                Instant.parse(head(heads, "now")),
                                lots,
                                needs,
                                PolicyJson.read(head(heads, "policy")).values(),
                                new PlanConstraints(locks, bans),
                                new GreatCircleTravel(),
                                Closures.NONE)
                        .withSharing(new Sharing(people, hubs, limits, bulks, municipalities)),
                startFigures.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Start(
                                new Kept(head(heads, "startHash"), head(heads, "startFile")),
                                new Plan(lines, startFigures.get(), prices))));
    }

    private static String head(Map<String, String> heads, String name) throws IOException {
        return Optional.ofNullable(heads.get(name))
                .orElseThrow(() -> new IOException("The kept input says nothing of " + name + "."));
    }

    private static <T> Map<String, T> map(JsonParser json, Class<T> type) {
        return MAPPER.readValue(json, MAPPER.getTypeFactory().constructMapType(TreeMap.class, String.class, type));
    }

    private static <T> List<T> list(JsonParser json, Class<T> type) {
        List<T> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(MAPPER.readValue(json, type));
        }
        return values;
    }

    private static <K> Map<K, Long> prices(JsonParser json, Function<String, K> key) {
        Map<K, Long> prices = new TreeMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            K name = key.apply(json.currentName());
            json.nextToken();
            prices.put(name, json.getLongValue());
        }
        return prices;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
