package jp.musubi.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.common.Quantity;

/**
 * Something that can be given and asked for. Quantities of it are whole numbers of its base unit.
 *
 * @param kana the Japanese name in hiragana
 * @param pushItem one of the eight items that the state pushes before anybody asks (基本8品目)
 * @param packs the other units it is counted in, without the base unit
 * @param weightGrams of one base unit
 * @param volumeCubicCentimetres of one base unit, packed
 * @param sizeSureness of weight and volume
 * @param shelfLifeDays from making to expiry, empty if it keeps
 * @param coldChain must be kept cool on the way
 * @param alsoCalled other names people use; one name may belong to several items and is then ambiguous
 */
public record Item(
        ItemId id,
        ItemCode code,
        String ja,
        String kana,
        String en,
        ItemGroup group,
        boolean pushItem,
        Unit base,
        List<ItemUnit> packs,
        OptionalLong weightGrams,
        OptionalLong volumeCubicCentimetres,
        Sureness sizeSureness,
        OptionalInt shelfLifeDays,
        boolean coldChain,
        Set<String> alsoCalled,
        List<ExternalCode> codes) {

    public Item {
        if (ja.isBlank() || kana.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("Item " + code + " needs a name in Japanese, kana and English.");
        }
        if (packs.stream().anyMatch(pack -> pack.unit().code().equals(base.code()))) {
            throw new IllegalArgumentException(
                    "Item " + code + " has its base unit " + base.code() + " among its packs. Maybe leave it out?");
        }
        packs = List.copyOf(packs);
        alsoCalled = Set.copyOf(alsoCalled);
        codes = List.copyOf(codes);
    }

    /** The name in the reader's language; Japanese unless English is asked for. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }

    /** All units it is counted in, the base unit first. */
    public List<ItemUnit> units() {
        return Stream.concat(Stream.of(ItemUnit.base(base)), packs.stream()).toList();
    }

    /** The quantity with its unit as people read it, e.g. {@code 1,200枚} or {@code 1,200 sheets}. */
    public String show(Quantity quantity, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        String number = String.format(Locale.ROOT, "%,d", quantity.baseUnits());
        return english ? number + " × " + base.en() : number + base.ja();
    }

    /** Weight of so many base units in kilograms; empty if the item has no weight. */
    public Optional<Double> kilograms(Quantity quantity) {
        return weightGrams.isPresent()
                ? Optional.of(weightGrams.getAsLong() * (double) quantity.baseUnits() / 1000)
                : Optional.empty();
    }

    /** Volume of so many base units in cubic metres; empty if the item has no volume. */
    public Optional<Double> cubicMetres(Quantity quantity) {
        return volumeCubicCentimetres.isPresent()
                ? Optional.of(volumeCubicCentimetres.getAsLong() * (double) quantity.baseUnits() / 1_000_000)
                : Optional.empty();
    }
}
