package jp.musubi.place.web;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.stereotype.Component;

/** What editing a community and editing a hub have in common. */
@Component
class PlaceEdits {

    private static final int LONGEST_REASON = 500;

    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Municipalities municipalities;

    PlaceEdits(CurrentActor actor, CurrentResponse response, Municipalities municipalities) {
        this.actor = actor;
        this.response = response;
        this.municipalities = municipalities;
    }

    /**
     * @throws jp.musubi.identity.web.NotAllowed if the reader edits no places there
     */
    void requireIn(MunicipalityCode municipality) {
        actor.require(Action.EDIT_PLACES, Scope.of(response.get().id()).inMunicipality(municipality.value()));
    }

    /** Who edits now, and the reason that was sent, if any. */
    Edit edit(Map<String, String> sent) {
        return new Edit(
                actor.person(),
                response.now(),
                Optional.of(sent.getOrDefault("reason", "").strip())
                        .filter(reason -> !reason.isEmpty())
                        .map(reason -> reason.substring(0, Math.min(LONGEST_REASON, reason.length()))));
    }

    /** The municipality's name as the forms show and read it. */
    String nameOf(MunicipalityCode municipality, Locale locale) {
        return municipalities
                .directory()
                .fullName(municipalities.directory().getByCode(municipality), isEnglish(locale));
    }

    List<String> municipalityNames(Locale locale) {
        return municipalities.directory().listMunicipalities().stream()
                .map(municipality -> municipalities.directory().fullName(municipality, isEnglish(locale)))
                .toList();
    }

    private static boolean isEnglish(Locale locale) {
        return locale.getLanguage().equals("en");
    }

    /** What was sent for these fields, without spaces around it; empty where nothing was. */
    static Map<String, String> values(List<String> fields, Map<String, String> sent) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(key -> values.put(key, sent.getOrDefault(key, "").strip()));
        return values;
    }

    /** Names the intention of a form: sent twice, the same values make one place; changed values make another. */
    static UUID intention(Map<String, String> sent, Map<String, String> values) {
        return UUID.nameUUIDFromBytes((key(sent) + values).getBytes(StandardCharsets.UTF_8));
    }

    /** The key that came with the form, or a new one. */
    static String key(Map<String, String> sent) {
        String key = sent.getOrDefault("key", "");
        return key.matches("[0-9a-f-]{36}") ? key : UUID.randomUUID().toString();
    }

    static String text(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
