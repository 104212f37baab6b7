package jp.musubi.trace.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.trace.Stage;
import jp.musubi.trace.Trace;
import jp.musubi.trace.Whereabouts;

/**
 * A trace in the reader's language.
 *
 * @param amount all that was given, with its unit
 */
record TraceView(String item, String amount, List<At> now, List<Step> steps, List<TraceView> madeInto) {

    /**
     * @param place name of the municipality; empty if the stage has none
     * @param percent of what was given, rounded
     */
    record At(Stage stage, String place, String amount, long quantity, long percent) {}

    record Step(LocalDate day, Stage stage, String place, String amount) {}

    static TraceView of(Trace trace, ItemCatalogue items, MunicipalityDirectory directory, Locale locale) {
        Item item = items.getById(trace.item());
        long given = Math.max(1, trace.given().baseUnits());
        return new TraceView(
                item.name(locale),
                item.show(trace.given(), locale),
                trace.now().stream()
                        .map(at -> new At(
                                at.stage(),
                                place(at, directory, locale),
                                item.show(at.quantity(), locale),
                                at.quantity().baseUnits(),
                                Math.round(100.0 * at.quantity().baseUnits() / given)))
                        .toList(),
                trace.steps().stream()
                        .map(step -> new Step(
                                step.day(),
                                step.reached().stage(),
                                place(step.reached(), directory, locale),
                                item.show(step.reached().quantity(), locale)))
                        .toList(),
                trace.madeInto().stream()
                        .map(made -> of(made, items, directory, locale))
                        .toList());
    }

    private static String place(Whereabouts at, MunicipalityDirectory directory, Locale locale) {
        Optional<MunicipalityCode> code = at.municipality();
        return code.flatMap(directory::findByCode)
                .map(municipality ->
                        directory.fullName(municipality, locale.getLanguage().equals("en")))
                .orElse("");
    }
}
