package jp.musubi.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.EditDistance;

/**
 * All items at one moment, searchable by anything people call them. Immutable and safe to share between threads.
 *
 * <p>A name is looked up by code, Japanese name, kana, English name, synonym and the codes of other catalogues (with or
 * without the scheme: {@code IFRC:HSHEBLANCLT2}). Nothing is guessed: what is only similar comes back as a suggestion.
 */
public final class ItemCatalogue {

    /** How many suggestions a person gets to choose from. */
    public static final int SUGGESTIONS = 5;

    private static final double LEAST_SIMILARITY = 0.34;

    private final Map<ItemCode, Item> byCode = new LinkedHashMap<>();
    private final Map<ItemId, Item> byId = new HashMap<>();
    private final Map<String, Set<Item>> proper = new HashMap<>();
    private final Map<String, Set<Item>> called = new HashMap<>();
    private final Map<ItemCode, List<Substitute>> substitutes = new HashMap<>();

    /**
     * @throws IllegalArgumentException if two items share a code or an id, or a substitute names an item that is not
     *     there
     */
    public ItemCatalogue(Collection<Item> items, Collection<Substitute> substitutes) {
        for (Item item : items) {
            if (byCode.put(item.code(), item) != null || byId.put(item.id(), item) != null) {
                throw new IllegalArgumentException("Item " + item.code() + " is there twice.");
            }
            for (String name : List.of(item.code().value(), item.ja(), item.kana(), item.en())) {
                add(proper, name, item);
            }
            item.codes().forEach(code -> {
                add(proper, code.code(), item);
                add(proper, code.scheme() + ":" + code.code(), item);
            });
            item.alsoCalled().forEach(name -> add(called, name, item));
        }
        for (Substitute substitute : substitutes) {
            if (!byCode.containsKey(substitute.item()) || !byCode.containsKey(substitute.substitute())) {
                throw new IllegalArgumentException("No item for the substitute " + substitute + ".");
            }
            this.substitutes
                    .computeIfAbsent(substitute.item(), code -> new ArrayList<>())
                    .add(substitute);
        }
    }

    private static void add(Map<String, Set<Item>> index, String name, Item item) {
        String key = NameKey.of(name);
        if (!key.isEmpty()) {
            index.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(item);
        }
    }

    /** All items in the catalogue's order. */
    public List<Item> listItems() {
        return List.copyOf(byCode.values());
    }

    public Optional<Item> findByCode(ItemCode code) {
        return Optional.ofNullable(byCode.get(code));
    }

    public Optional<Item> findById(ItemId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * @throws IllegalArgumentException if there is no such item
     */
    public Item getById(ItemId id) {
        return findById(id).orElseThrow(() -> new IllegalArgumentException("There is no item " + id.value() + "."));
    }

    /**
     * @throws IllegalArgumentException if there is no such item
     */
    public Item getByCode(ItemCode code) {
        return findByCode(code).orElseThrow(() -> new IllegalArgumentException("There is no item " + code + "."));
    }

    /** What may stand in for the item, in the catalogue's order. */
    public List<Substitute> listSubstitutes(ItemCode item) {
        return List.copyOf(substitutes.getOrDefault(item, List.of()));
    }

    /** Finds what somebody meant. A proper name wins over a synonym of another item. */
    public ItemMatch match(String text) {
        String key = NameKey.of(text);
        if (key.isEmpty()) {
            return new ItemMatch.Unknown(List.of());
        }
        for (String form : List.of(key, singular(key))) {
            for (Map<String, Set<Item>> index : List.of(proper, called)) {
                Set<Item> hits = index.getOrDefault(form, Set.of());
                if (hits.size() == 1) {
                    return new ItemMatch.Matched(hits.iterator().next());
                }
                if (hits.size() > 1) {
                    return new ItemMatch.Ambiguous(List.copyOf(hits));
                }
            }
        }
        return new ItemMatch.Unknown(nearest(key));
    }

    /** English plurals: "blankets" is found under "blanket". */
    private static String singular(String key) {
        if (key.length() > 3
                && key.charAt(key.length() - 1) == 's'
                && key.chars().allMatch(c -> c < 128)) {
            return key.substring(0, key.length() - 1);
        }
        return key;
    }

    private List<Item> nearest(String key) {
        Map<Item, Double> best = new LinkedHashMap<>();
        for (Map<String, Set<Item>> index : List.of(proper, called)) {
            index.forEach((name, items) -> {
                double similarity = similarity(key, name);
                if (similarity >= LEAST_SIMILARITY) {
                    items.forEach(item -> best.merge(item, similarity, Math::max));
                }
            });
        }
        return best.entrySet().stream()
                .sorted(Map.Entry.<Item, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().code()))
                .limit(SUGGESTIONS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** 1 = equal. The better of: share of letters that need no change; how much of the longer one the shorter fills. */
    static double similarity(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        int shorter = Math.min(a.length(), b.length());
        if (shorter == 0) {
            return 0;
        }
        double edit = 1 - EditDistance.between(a, b) / (double) longer;
        boolean contained = shorter > 1 && (a.contains(b) || b.contains(a));
        double containment = contained ? 0.5 + 0.5 * shorter / longer : 0;
        Set<Integer> letters = new HashSet<>(a.chars().boxed().toList());
        boolean share = b.chars().anyMatch(letters::contains);
        return share ? Math.max(edit, containment) : 0;
    }
}
