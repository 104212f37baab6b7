package jp.musubi.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.common.EditDistance;

/**
 * All municipalities and every way people write them. Immutable and safe to share between threads.
 *
 * <p>A name is understood with or without 市, 町, 村 or 区, in kana, in Latin letters, with its prefecture, district (郡)
 * or city in front, in old characters (塩釜 for 塩竈), and by names from before a merger. Codes are understood too. A
 * current name wins over a former one, a full name over a shortened one. Nothing is guessed: what fits two is ambiguous,
 * what only resembles a name comes back as a suggestion.
 */
public final class MunicipalityDirectory {

    /** How many suggestions a person gets to choose from. */
    public static final int SUGGESTIONS = 5;

    private final Map<MunicipalityCode, Municipality> byCode = new TreeMap<>();
    private final Map<String, Prefecture> prefectures = new LinkedHashMap<>();
    private final Set<String> districts = new LinkedHashSet<>();

    /** In the order in which they are asked: 大槌町 · 大槌, おおつちちょう, おおつち · 志津川町 · 志津川. */
    private final List<Map<String, Set<Municipality>>> japanese =
            List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());

    private final Map<String, Set<Municipality>> latin = new HashMap<>();
    private final Map<MunicipalityCode, Set<String>> wardless = new HashMap<>();

    /**
     * @throws IllegalArgumentException if two municipalities share a code, or a parent or a former name's municipality is
     *     missing
     */
    public MunicipalityDirectory(Collection<Municipality> municipalities, Collection<FormerName> formerNames) {
        for (Municipality municipality : municipalities) {
            if (byCode.put(municipality.code(), municipality) != null) {
                throw new IllegalArgumentException("Municipality " + municipality.code() + " is there twice.");
            }
        }
        for (Prefecture prefecture : Prefecture.values()) {
            prefectures.put(NameForm.japanese(prefecture.ja()), prefecture);
            prefectures.put(NameForm.japanese(prefecture.kana()), prefecture);
        }
        byCode.values().forEach(this::index);
        for (FormerName former : formerNames) {
            Municipality now = getByCode(former.now());
            String name = former.ja();
            add(japanese.get(2), NameForm.japanese(name), now);
            addShort(japanese.get(3), name.substring(0, name.length() - 1), now, false);
        }
    }

    private void index(Municipality municipality) {
        municipality.district().map(NameForm::japanese).ifPresent(districts::add);
        add(japanese.get(0), NameForm.japanese(municipality.ja()), municipality);
        add(japanese.get(1), NameForm.japanese(municipality.kana()), municipality);
        addShort(
                japanese.get(1),
                municipality.shortJa(),
                municipality,
                municipality.ja().endsWith("市"));
        addShort(
                japanese.get(1),
                shortKana(municipality.kana()),
                municipality,
                municipality.ja().endsWith("市"));
        add(latin, NameForm.latin(municipality.romaji()), municipality);
        municipality.parent().map(this::getByCode).ifPresent(city -> {
            wardless.computeIfAbsent(city.code(), code -> new LinkedHashSet<>())
                    .addAll(List.of(NameForm.japanese(city.ja()), NameForm.japanese(city.kana())));
            add(latin, NameForm.latin(city.romaji()) + NameForm.latin(municipality.romaji()), municipality);
            add(latin, NameForm.latin(municipality.romaji()) + NameForm.latin(city.romaji()), municipality);
        });
    }

    /** Shortened, 岩手町 would be 岩手 and 宮城町 宮城: these mean the prefecture. 福島 for 福島市 is what people say. */
    private void addShort(
            Map<String, Set<Municipality>> index, String shortName, Municipality municipality, boolean isCity) {
        String form = NameForm.japanese(shortName);
        boolean prefecture = prefectures.containsKey(form + "県") || prefectures.containsKey(form + "けん");
        if (isCity || !prefecture) {
            add(index, form, municipality);
        }
    }

    private static String shortKana(String kana) {
        for (String kind : List.of("まち", "ちょう", "むら", "そん", "し", "く")) {
            if (kana.endsWith(kind) && kana.length() > kind.length()) {
                return kana.substring(0, kana.length() - kind.length());
            }
        }
        return kana;
    }

    private static void add(Map<String, Set<Municipality>> index, String form, Municipality municipality) {
        if (!form.isEmpty()) {
            index.computeIfAbsent(form, key -> new LinkedHashSet<>()).add(municipality);
        }
    }

    /** All municipalities by code. */
    public List<Municipality> listMunicipalities() {
        return List.copyOf(byCode.values());
    }

    public Optional<Municipality> findByCode(MunicipalityCode code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /**
     * @throws IllegalArgumentException if there is no such municipality
     */
    public Municipality getByCode(MunicipalityCode code) {
        return findByCode(code)
                .orElseThrow(() -> new IllegalArgumentException("There is no municipality " + code + "."));
    }

    /** The name with what makes it unique: 岩手県大槌町, 宮城県仙台市青葉区; "Otsuchi, Iwate" in English. */
    public String fullName(Municipality municipality, boolean english) {
        Optional<Municipality> city = municipality.parent().map(this::getByCode);
        return english
                ? municipality.en() + city.map(c -> ", " + c.en()).orElse("") + ", "
                        + municipality.prefecture().en()
                : municipality.prefecture().ja() + city.map(Municipality::ja).orElse("") + municipality.ja();
    }

    public MunicipalityMatch resolve(String text) {
        return resolve(text, Optional.empty());
    }

    /**
     * Finds what somebody meant with a name or code.
     *
     * @param prefectureHint the prefecture if another column says it; one in the text itself counts more
     */
    public MunicipalityMatch resolve(String text, Optional<Prefecture> prefectureHint) {
        if (MunicipalityCode.read(text) instanceof MunicipalityCode.Reading.NotACode) {
            return resolveName(text, prefectureHint);
        }
        return resolveCode(text);
    }

    private MunicipalityMatch resolveCode(String text) {
        MunicipalityCode.Reading reading = MunicipalityCode.read(text);
        Optional<Municipality> found = reading.found()
                .flatMap(this::findByCode)
                .or(() -> MunicipalityCode.read("0" + text.strip()).found().flatMap(this::findByCode));
        if (found.isPresent()) {
            return new MunicipalityMatch.Resolved(found.get());
        }
        if (reading instanceof MunicipalityCode.Reading.WrongCheckDigit wrong) {
            return new MunicipalityMatch.Unknown(
                    findByCode(wrong.withoutCheckDigit()).stream().toList());
        }
        return new MunicipalityMatch.Unknown(List.of());
    }

    private MunicipalityMatch resolveName(String text, Optional<Prefecture> prefectureHint) {
        String latinForm = NameForm.latin(withoutLatinPrefecture(text));
        if (!latinForm.isEmpty()) {
            Optional<Prefecture> prefecture = latinPrefecture(text).or(() -> prefectureHint);
            Set<Municipality> hits = latin.getOrDefault(latinForm, Set.of());
            return decide(hits, prefecture).orElseGet(() -> unknown(hits, latinForm, List.of(latin), prefecture));
        }
        Name name = split(NameForm.japanese(text), prefectureHint);
        Set<Municipality> elsewhere = new LinkedHashSet<>();
        for (Map<String, Set<Municipality>> index : japanese) {
            Set<Municipality> hits = name.in(index);
            Optional<MunicipalityMatch> match = decide(hits, name.prefecture());
            if (match.isPresent()) {
                return match.get();
            }
            elsewhere.addAll(hits);
        }
        return unknown(elsewhere, name.form(), japanese, name.prefecture());
    }

    /**
     * Finds the municipality an address begins with: 岩手県上閉伊郡大槌町上町1-3 is in 大槌町. Only full names count, the
     * longest first, and a ward before its city.
     */
    public MunicipalityMatch resolveAddress(String address, Optional<Prefecture> prefectureHint) {
        Name name = split(NameForm.japanese(address), prefectureHint);
        for (Map<String, Set<Municipality>> index : List.of(japanese.get(0), japanese.get(2))) {
            for (int end = name.form().length(); end >= 2; end--) {
                Name beginning =
                        new Name(name.form().substring(0, end), name.prefecture(), name.district(), name.city());
                Optional<MunicipalityMatch> match = decide(beginning.in(index), name.prefecture());
                if (match.isPresent()) {
                    return match.get();
                }
            }
        }
        return name.city()
                .<MunicipalityMatch>map(city -> new MunicipalityMatch.Resolved(getByCode(city)))
                .orElseGet(() -> new MunicipalityMatch.Unknown(List.of()));
    }

    /** A name taken apart: what stood in front of it narrows it down. */
    private record Name(
            String form, Optional<Prefecture> prefecture, Optional<String> district, Optional<MunicipalityCode> city) {

        Set<Municipality> in(Map<String, Set<Municipality>> index) {
            Set<Municipality> hits = index.getOrDefault(form, Set.of());
            if (district.isEmpty() && city.isEmpty()) {
                return hits;
            }
            Set<Municipality> narrowed = new LinkedHashSet<>(hits);
            district.ifPresent(wanted -> narrowed.removeIf(municipality -> municipality
                    .district()
                    .filter(own -> NameForm.japanese(own).equals(wanted))
                    .isEmpty()));
            city.ifPresent(wanted ->
                    narrowed.removeIf(municipality -> !municipality.parent().equals(Optional.of(wanted))));
            return narrowed;
        }
    }

    private Name split(String form, Optional<Prefecture> hint) {
        String rest = form;
        Optional<Prefecture> prefecture = hint;
        for (Map.Entry<String, Prefecture> entry : prefectures.entrySet()) {
            if (rest.startsWith(entry.getKey())
                    && rest.length() > entry.getKey().length()) {
                prefecture = Optional.of(entry.getValue());
                rest = rest.substring(entry.getKey().length());
                break;
            }
        }
        Optional<String> district = Optional.empty();
        for (String known : districts) {
            if (rest.startsWith(known) && rest.length() > known.length()) {
                district = Optional.of(known);
                rest = rest.substring(known.length());
                break;
            }
        }
        for (Map.Entry<MunicipalityCode, Set<String>> city : wardless.entrySet()) {
            for (String name : city.getValue()) {
                if (rest.startsWith(name) && rest.length() > name.length()) {
                    return new Name(rest.substring(name.length()), prefecture, district, Optional.of(city.getKey()));
                }
            }
        }
        return new Name(rest, prefecture, district, Optional.empty());
    }

    /** "Otsuchi, Iwate": the prefecture after a comma. */
    private static Optional<Prefecture> latinPrefecture(String text) {
        int comma = text.lastIndexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        String name =
                NameForm.latin(text.substring(comma + 1).replaceFirst("(?i)[\\s-]+(pref(ecture|\\.)?|ken)\\s*$", ""));
        for (Prefecture prefecture : Prefecture.values()) {
            if (NameForm.latin(prefecture.en()).equals(name)) {
                return Optional.of(prefecture);
            }
        }
        return Optional.empty();
    }

    private static String withoutLatinPrefecture(String text) {
        return latinPrefecture(text).isPresent() ? text.substring(0, text.lastIndexOf(',')) : text;
    }

    private static Optional<MunicipalityMatch> decide(Set<Municipality> hits, Optional<Prefecture> prefecture) {
        List<Municipality> fitting = hits.stream()
                .filter(municipality -> prefecture
                        .map(wanted -> municipality.prefecture() == wanted)
                        .orElse(true))
                .toList();
        return switch (fitting.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new MunicipalityMatch.Resolved(fitting.get(0)));
            default -> Optional.of(new MunicipalityMatch.Ambiguous(fitting));
        };
    }

    /** First those that have the name in another prefecture, then the ones spelled alike. */
    private MunicipalityMatch unknown(
            Set<Municipality> elsewhere,
            String form,
            List<Map<String, Set<Municipality>>> indexes,
            Optional<Prefecture> prefecture) {
        Map<Municipality, Double> likeness = new LinkedHashMap<>();
        elsewhere.forEach(municipality -> likeness.put(municipality, 2.0));
        if (!form.isEmpty()) {
            for (Map<String, Set<Municipality>> index : indexes) {
                index.forEach((name, municipalities) -> {
                    // among names equally alike, a current one is the better guess
                    double alike = likeness(form, name) * (isFormer(index) ? 0.8 : 1);
                    if (alike > 0) {
                        municipalities.forEach(municipality -> likeness.merge(
                                municipality, alike + (isIn(municipality, prefecture) ? 0.05 : 0), Math::max));
                    }
                });
            }
        }
        return new MunicipalityMatch.Unknown(likeness.entrySet().stream()
                .sorted(Map.Entry.<Municipality, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().code()))
                .limit(SUGGESTIONS)
                .map(Map.Entry::getKey)
                .toList());
    }

    private boolean isFormer(Map<String, Set<Municipality>> index) {
        return index == japanese.get(2) || index == japanese.get(3);
    }

    private static boolean isIn(Municipality municipality, Optional<Prefecture> prefecture) {
        return prefecture.map(wanted -> municipality.prefecture() == wanted).orElse(false);
    }

    /** 1 = equal, 0 = too different to suggest: more than a third of the letters would have to change. */
    private static double likeness(String typed, String name) {
        int longer = Math.max(typed.length(), name.length());
        int shorter = Math.min(typed.length(), name.length());
        if (shorter >= 2 && (typed.startsWith(name) || name.startsWith(typed))) {
            return 0.6 + 0.4 * shorter / longer;
        }
        double alike = 1 - EditDistance.between(typed, name) / (double) longer;
        return alike >= 0.6 || (longer <= 3 && alike >= 0.5) ? alike : 0;
    }

    /** The municipalities below a code: a city's wards; empty for all others. */
    public List<Municipality> listWards(MunicipalityCode city) {
        List<Municipality> wards = new ArrayList<>();
        for (Municipality municipality : byCode.values()) {
            if (municipality.parent().equals(Optional.of(city))) {
                wards.add(municipality);
            }
        }
        return List.copyOf(wards);
    }
}
