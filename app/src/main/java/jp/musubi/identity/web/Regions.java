package jp.musubi.identity.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.web.SentForm;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.MunicipalityMatch;
import jp.musubi.place.Prefecture;
import org.springframework.stereotype.Component;

/** Prefectures and municipalities in forms: typed as name or code, shown by name. */
@Component
class Regions {

    private final Municipalities municipalities;

    Regions(Municipalities municipalities) {
        this.municipalities = municipalities;
    }

    /** A name to choose and the code it stands for. */
    record Choice(String code, String name) {}

    /** Municipalities for a list of suggestions, each with its prefecture. */
    List<Choice> listMunicipalities(Locale locale) {
        MunicipalityDirectory directory = municipalities.directory();
        return directory.listMunicipalities().stream()
                .map(municipality ->
                        new Choice(municipality.code().toString(), directory.fullName(municipality, isEnglish(locale))))
                .toList();
    }

    /** The same with the prefectures before them that have municipalities here. */
    List<Choice> listRegions(Locale locale) {
        List<Choice> municipalitiesByName = listMunicipalities(locale);
        List<Choice> all = new ArrayList<>();
        for (Prefecture prefecture : Prefecture.values()) {
            if (municipalitiesByName.stream().anyMatch(choice -> choice.code().startsWith(prefecture.code()))) {
                all.add(new Choice(prefecture.code(), name(prefecture, locale)));
            }
        }
        all.addAll(municipalitiesByName);
        return all;
    }

    /** The name of a prefix of municipality codes; the code itself if nobody knows it. */
    String name(String code, Locale locale) {
        for (Prefecture prefecture : Prefecture.values()) {
            if (prefecture.code().equals(code)) {
                return name(prefecture, locale);
            }
        }
        MunicipalityDirectory directory = municipalities.directory();
        return MunicipalityCode.read(code)
                .found()
                .flatMap(directory::findByCode)
                .map(municipality -> directory.fullName(municipality, isEnglish(locale)))
                .orElse(code);
    }

    Optional<String> readMunicipality(SentForm form, String field, Locale locale) {
        String typed = form.value(field);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        MunicipalityMatch match = municipalities.directory().resolve(typed);
        if (match instanceof MunicipalityMatch.Resolved resolved) {
            return Optional.of(resolved.municipality().code().toString());
        }
        List<Municipality> suggestions = match instanceof MunicipalityMatch.Ambiguous ambiguous
                ? ambiguous.candidates()
                : match instanceof MunicipalityMatch.Unknown unknown ? unknown.suggestions() : List.of();
        if (suggestions.isEmpty()) {
            form.reject(field, "admin.region.unknown", typed);
        } else {
            form.reject(
                    field,
                    "admin.region.suggest",
                    typed,
                    suggestions.stream()
                            .map(municipality -> municipalities.directory().fullName(municipality, isEnglish(locale)))
                            .collect(Collectors.joining(isEnglish(locale) ? "; " : "、")));
        }
        return Optional.empty();
    }

    Optional<String> readRegion(SentForm form, String field, Locale locale) {
        String typed = form.value(field);
        for (Prefecture prefecture : Prefecture.values()) {
            if (typed.equals(prefecture.code())
                    || typed.equals(prefecture.ja())
                    || typed.equalsIgnoreCase(prefecture.en())) {
                return Optional.of(prefecture.code());
            }
        }
        return readMunicipality(form, field, locale);
    }

    private static String name(Prefecture prefecture, Locale locale) {
        return isEnglish(locale) ? prefecture.en() : prefecture.ja();
    }

    private static boolean isEnglish(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
