package jp.musubi.catalog.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ExternalCode;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items, their units and what may stand in for them; and what a name means. */
@RestController
@RequestMapping("/api/v1/items")
@Requires(Action.VIEW_OPERATIONS)
class ItemsApi {

    private final Catalogue catalogue;

    ItemsApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** {@code perUnits} of the unit hold {@code baseUnits} base units. */
    record UnitView(String code, String name, long baseUnits, long perUnits, String sureness) {}

    /** {@code substituteUnits} of the item do for {@code itemUnits} of the one asked for. */
    record SubstituteView(String item, long itemUnits, long substituteUnits, String sureness) {}

    record CodeView(String scheme, String code, String sureness) {}

    record ItemView(
            String code,
            String name,
            String ja,
            String kana,
            String en,
            String group,
            boolean pushItem,
            List<UnitView> units,
            @Nullable Long weightGrams,
            @Nullable Long volumeCubicCentimetres,
            String sizeSureness,
            @Nullable Integer shelfLifeDays,
            boolean coldChain,
            List<String> alsoCalled,
            List<CodeView> codes,
            List<SubstituteView> substitutes) {

        static ItemView of(Item item, ItemCatalogue items, Locale locale) {
            return new ItemView(
                    item.code().value(),
                    item.name(locale),
                    item.ja(),
                    item.kana(),
                    item.en(),
                    item.group().code(),
                    item.pushItem(),
                    item.units().stream()
                            .map(unit -> new UnitView(
                                    unit.unit().code(),
                                    unit.unit().name(locale),
                                    unit.baseUnits(),
                                    unit.perUnits(),
                                    unit.sureness().code()))
                            .toList(),
                    item.weightGrams().isPresent() ? item.weightGrams().getAsLong() : null,
                    item.volumeCubicCentimetres().isPresent()
                            ? item.volumeCubicCentimetres().getAsLong()
                            : null,
                    item.sizeSureness().code(),
                    item.shelfLifeDays().isPresent() ? item.shelfLifeDays().getAsInt() : null,
                    item.coldChain(),
                    item.alsoCalled().stream().sorted().toList(),
                    item.codes().stream().map(ItemView::code).toList(),
                    items.listSubstitutes(item.code()).stream()
                            .map(substitute -> new SubstituteView(
                                    substitute.substitute().value(),
                                    substitute.itemUnits(),
                                    substitute.substituteUnits(),
                                    substitute.sureness().code()))
                            .toList());
        }

        private static CodeView code(ExternalCode code) {
            return new CodeView(code.scheme(), code.code(), code.sureness().code());
        }
    }

    /** What a name means: {@code matched} has one item, {@code ambiguous} several, {@code unknown} the nearest ones. */
    record MatchView(String outcome, List<ItemView> items) {}

    @GetMapping
    List<ItemView> list(Locale locale) {
        ItemCatalogue items = catalogue.current();
        return items.listItems().stream()
                .map(item -> ItemView.of(item, items, locale))
                .toList();
    }

    @GetMapping("/match")
    MatchView match(@RequestParam String name, Locale locale) {
        if (name.length() > 200) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        ItemCatalogue items = catalogue.current();
        ItemMatch match = items.match(name);
        if (match instanceof ItemMatch.Matched matched) {
            return new MatchView("matched", views(List.of(matched.item()), items, locale));
        }
        if (match instanceof ItemMatch.Ambiguous ambiguous) {
            return new MatchView("ambiguous", views(ambiguous.candidates(), items, locale));
        }
        return new MatchView("unknown", views(((ItemMatch.Unknown) match).nearest(), items, locale));
    }

    private static List<ItemView> views(List<Item> found, ItemCatalogue items, Locale locale) {
        return found.stream().map(item -> ItemView.of(item, items, locale)).toList();
    }

    @GetMapping("/{code}")
    ItemView get(@PathVariable String code, Locale locale) {
        ItemCatalogue items = catalogue.current();
        return Optional.of(code)
                .filter(ItemCode::isCode)
                .flatMap(known -> items.findByCode(new ItemCode(known)))
                .map(item -> ItemView.of(item, items, locale))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }
}
