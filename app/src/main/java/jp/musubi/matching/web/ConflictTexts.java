package jp.musubi.matching.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.musubi.matching.ConstraintConflict;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.Pairing;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.WishRow;
import jp.musubi.response.ResponseId;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says which wishes contradict what, by names and figures, and which of them can be ended. */
@Component
class ConflictTexts {

    private final PlanListing listing;
    private final MessageSource texts;

    ConflictTexts(PlanListing listing, MessageSource texts) {
        this.listing = listing;
        this.texts = texts;
    }

    /**
     * Contradictions in words.
     *
     * @param sentences one for each contradiction
     * @param wishes those that have a part in one
     */
    record Told(List<String> sentences, List<WishRow> wishes) {
        static final Told NOTHING = new Told(List.of(), List.of());
    }

    Told tell(ResponseId response, List<ConstraintConflict> conflicts, Locale locale) {
        if (conflicts.isEmpty()) {
            return Told.NOTHING;
        }
        Names names = new Names(listing.listWishes(response, Integer.MAX_VALUE), locale);
        List<String> sentences = new ArrayList<>();
        Set<WishRow> concerned = new LinkedHashSet<>();
        for (ConstraintConflict conflict : conflicts) {
            sentences.add(sentence(conflict, names, locale));
            concerned.addAll(names.concerned(conflict));
        }
        return new Told(sentences, List.copyOf(concerned));
    }

    private String sentence(ConstraintConflict conflict, Names names, Locale locale) {
        if (conflict instanceof ConstraintConflict.UnknownLot unknown) {
            return text(conflict.code(), locale, names.of(unknown.lot()));
        }
        if (conflict instanceof ConstraintConflict.UnknownNeed unknown) {
            return text(conflict.code(), locale, names.of(unknown.need()));
        }
        if (conflict instanceof ConstraintConflict.LockedTwice twice) {
            return text(conflict.code(), locale, names.of(twice.lot()), names.of(twice.need()));
        }
        if (conflict instanceof ConstraintConflict.LockedAndForbidden both) {
            return text(conflict.code(), locale, names.of(both.lot()), names.of(both.need()));
        }
        if (conflict instanceof ConstraintConflict.MoreThanTheLotHas more) {
            return text(conflict.code(), locale, names.of(more.lot()), more.locked(), more.available());
        }
        if (conflict instanceof ConstraintConflict.MoreThanTheNeedAsks more) {
            return text(conflict.code(), locale, names.of(more.need()), more.locked(), more.asked());
        }
        ConstraintConflict.Impossible impossible = (ConstraintConflict.Impossible) conflict;
        return impossible(impossible.obstacle(), names.of(impossible.lot()), names.of(impossible.need()), locale);
    }

    private String impossible(Pairing.Obstacle obstacle, String lot, String need, Locale locale) {
        if (obstacle instanceof Pairing.TooLate late) {
            return text("too-late", locale, lot, need, hours(late.late()));
        }
        if (obstacle instanceof Pairing.ExpiresFirst expires) {
            return text("expires-first", locale, lot, need, hours(expires.missing()));
        }
        if (obstacle instanceof Pairing.OtherItem) {
            return text("other-item", locale, lot, need);
        }
        return text(obstacle instanceof Pairing.ClosedOff ? "closed-off" : "locked-and-forbidden", locale, lot, need);
    }

    private static double hours(Duration time) {
        return time.toMillis() / 3.6e6;
    }

    private String text(String code, Locale locale, Object... arguments) {
        return Objects.requireNonNull(texts.getMessage("plan.conflict." + code, arguments, locale));
    }

    /** What people call the lots and needs of wishes. */
    private final class Names {
        private final List<WishRow> wishes;
        private final Map<LotKey, String> lots = new HashMap<>();
        private final Map<NeedKey, String> needs = new HashMap<>();

        Names(List<WishRow> wishes, Locale locale) {
            this.wishes = wishes;
            for (WishRow wish : wishes) {
                String place = wish.hub()
                        .map(hub -> hub.in(locale))
                        .orElseGet(() -> ConflictTexts.this.text("from-giver", locale));
                lots.put(
                        new LotKey(wish.lotKey()),
                        ConflictTexts.this.text("lot", locale, wish.item().in(locale), wish.lotName(), place));
                wish.need().ifPresent(need -> needs.put(need, wish.community().orElse(need.value())));
            }
        }

        String of(LotKey lot) {
            return lots.getOrDefault(lot, lot.value());
        }

        String of(NeedKey need) {
            return needs.getOrDefault(need, need.value());
        }

        List<WishRow> concerned(ConstraintConflict conflict) {
            Optional<NeedKey> need = conflict instanceof ConstraintConflict.MoreThanTheNeedAsks more
                    ? Optional.of(more.need())
                    : Optional.empty();
            return wishes.stream()
                    .filter(wish -> need.isPresent()
                            ? wish.need().equals(need)
                            : lotOf(conflict)
                                    .map(lot -> lot.value().equals(wish.lotKey()))
                                    .orElse(false))
                    .toList();
        }

        private Optional<LotKey> lotOf(ConstraintConflict conflict) {
            if (conflict instanceof ConstraintConflict.UnknownLot unknown) {
                return Optional.of(unknown.lot());
            }
            if (conflict instanceof ConstraintConflict.LockedTwice twice) {
                return Optional.of(twice.lot());
            }
            if (conflict instanceof ConstraintConflict.LockedAndForbidden both) {
                return Optional.of(both.lot());
            }
            if (conflict instanceof ConstraintConflict.MoreThanTheLotHas more) {
                return Optional.of(more.lot());
            }
            return conflict instanceof ConstraintConflict.Impossible impossible
                    ? Optional.of(impossible.lot())
                    : Optional.empty();
        }
    }
}
