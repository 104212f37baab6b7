package jp.musubi.identity;

import java.util.Locale;
import java.util.Optional;

/** A node of the tree of organisations. */
public record Organisation(
        OrganisationId id,
        Optional<OrganisationId> parent,
        OrganisationKind kind,
        String nameJa,
        String nameEn,
        Optional<String> municipalityCode) {

    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? nameEn : nameJa;
    }
}
