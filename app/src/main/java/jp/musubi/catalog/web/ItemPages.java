package jp.musubi.catalog.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.Sureness;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.EstimateRate;
import jp.musubi.need.store.EstimateRates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The catalogue with the rates by which needs are estimated, each with how sure it is. */
@Controller
@Requires(Action.VIEW_OPERATIONS)
class ItemPages {

    private final Catalogue catalogue;
    private final EstimateRates rates;
    private final CurrentActor actor;

    ItemPages(Catalogue catalogue, EstimateRates rates, CurrentActor actor) {
        this.catalogue = catalogue;
        this.rates = rates;
        this.actor = actor;
    }

    /**
     * An item as the page shows it.
     *
     * @param packs e.g. {@code 箱 = 24 本}
     * @param sure how sure weight and volume are; empty if they are exact
     */
    record ItemLine(
            Item item,
            String name,
            String otherName,
            String base,
            List<String> packs,
            Optional<String> sure,
            List<String> substitutes) {}

    /**
     * A rate as the page shows it.
     *
     * @param confirmed whether it was read in an official text
     */
    record RateLine(EstimateRate rate, String item, String base, String source, String sure, boolean confirmed) {}

    record GroupLines(ItemGroup group, String name, List<ItemLine> items) {}

    @GetMapping("/items")
    String items(Model model, Locale locale) {
        ItemCatalogue items = catalogue.current();
        Map<ItemGroup, List<ItemLine>> groups = items.listItems().stream()
                .collect(Collectors.groupingBy(
                        Item::group,
                        () -> new EnumMap<>(ItemGroup.class),
                        Collectors.mapping(item -> line(item, items, locale), Collectors.toList())));
        model.addAttribute(
                "groups",
                groups.entrySet().stream()
                        .map(entry ->
                                new GroupLines(entry.getKey(), entry.getKey().name(locale), entry.getValue()))
                        .toList());
        model.addAttribute(
                "rates",
                rates.listRates().stream()
                        .map(rate -> rateLine(rate, items.getByCode(rate.item()), locale))
                        .toList());
        model.addAttribute("mayEdit", actor.mayDo(Action.EDIT_NEEDS, Scope.installation()));
        model.addAttribute("count", items.listItems().size());
        return "items/list";
    }

    private static ItemLine line(Item item, ItemCatalogue items, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        return new ItemLine(
                item,
                item.name(locale),
                english ? item.ja() : item.en(),
                item.base().name(locale),
                item.packs().stream().map(pack -> pack(pack, item, locale)).toList(),
                Optional.of(item.sizeSureness().label(locale))
                        .filter(label -> !label.isEmpty() && item.weightGrams().isPresent()),
                items.listSubstitutes(item.code()).stream()
                        .map(substitute ->
                                items.getByCode(substitute.substitute()).name(locale))
                        .toList());
    }

    private static String pack(ItemUnit pack, Item item, Locale locale) {
        String per = pack.perUnits() == 1 ? "" : String.format(Locale.ROOT, "%,d ", pack.perUnits());
        return per + pack.unit().name(locale) + " = " + String.format(Locale.ROOT, "%,d ", pack.baseUnits())
                + item.base().name(locale);
    }

    private static RateLine rateLine(EstimateRate rate, Item item, Locale locale) {
        return new RateLine(
                rate,
                item.name(locale),
                item.base().name(locale),
                rate.source(locale),
                rate.sureness().label(locale),
                rate.sureness() == Sureness.VERIFIED);
    }
}
