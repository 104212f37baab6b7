package jp.musubi.ledger.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.Outcome;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How forms about stock are read. Each carries a key, so that a second click or a form sent again does nothing more. */
@Component
class LedgerForms {

    private final CurrentResponse current;
    private final CurrentActor actor;

    LedgerForms(CurrentResponse current, CurrentActor actor) {
        this.current = current;
        this.actor = actor;
    }

    /** A key for a form that is shown now. */
    static String newKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * What the reader does now, under the key of the form.
     *
     * @param what kind of form
     */
    Deed deed(String what, String key) {
        if (!key.matches("[0-9a-f-]{36}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.form");
        }
        return new Deed(
                current.get().id(), actor.person(), current.now(), new IdempotencyKey("dispatch/" + what + "/" + key));
    }

    /** A part of a deed that is done in several. */
    static Deed part(Deed deed, String name) {
        return new Deed(
                deed.response(),
                deed.actor(),
                deed.effectiveAt(),
                new IdempotencyKey(deed.key().value() + "/" + name));
    }

    /** A quantity field; blank = nothing. */
    static Quantity quantity(Map<String, String> all, String field) {
        String text = Optional.ofNullable(all.get(field)).orElse("").strip().replace(",", "");
        if (text.isEmpty()) {
            return Quantity.ZERO;
        }
        if (!text.matches("\\d{1,10}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.number");
        }
        return new Quantity(Long.parseLong(text));
    }

    static List<String> reasons(Outcome<?> outcome, Locale locale) {
        return outcome.reasons().stream()
                .map(reason -> reason.message().in(locale))
                .distinct()
                .toList();
    }
}
