package jp.musubi.matching.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.web.Frame;
import jp.musubi.matching.LineReason.NextBest;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.Shortfall;
import jp.musubi.matching.Shortfall.Cause;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.Name;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Reasons of a page of rows as whole sentences with figures. */
@Component
public class ReasonTexts {

    /** The objective's unit is 100 m of road for one unit of goods. */
    private static final double UNITS_PER_KM = 10;

    private final PlanListing listing;
    private final MessageSource texts;
    private final Frame frame;

    ReasonTexts(PlanListing listing, MessageSource texts, Frame frame) {
        this.listing = listing;
        this.texts = texts;
        this.frame = frame;
    }

    /** The sentences for the rows of one page, with the names they speak of looked up at once. */
    public final class Page {
        private final Map<LotKey, Name> hubs;
        private final Map<LotKey, Name> items;
        private final Map<NeedKey, String> communities;
        private final Locale locale;

        private Page(Set<LotKey> lots, Set<NeedKey> needs, Locale locale) {
            this.hubs = listing.listHubs(lots);
            this.items = listing.listItems(lots);
            this.communities = listing.listPlaces(needs);
            this.locale = locale;
        }

        /** Why a line is there: what would come instead, and what that would cost. */
        public String of(LineRow line) {
            return line.insteadOf()
                    .map(asked -> say("plan.reason.substitute", line.item().in(locale), asked.in(locale)))
                    .map(first ->
                            locale.getLanguage().equals("en") ? first + " " + whatElse(line) : first + whatElse(line))
                    .orElseGet(() -> whatElse(line));
        }

        private String whatElse(LineRow line) {
            String unit = line.unit().in(locale);
            if (line.nextBest().isEmpty()) {
                return say("plan.reason.only");
            }
            NextBest next = line.nextBest().get();
            if (next instanceof NextBest.OtherLot other) {
                return say(
                        "plan.reason.other-lot." + sign(other.difference()),
                        lot(other.lot(), line.item()),
                        km(other.km()),
                        perUnit(other.difference()),
                        unit);
            }
            if (next instanceof NextBest.OtherNeed other) {
                return say(
                        "plan.reason.other-need." + sign(other.difference()),
                        community(other.need()),
                        perUnit(other.difference()),
                        unit);
            }
            return say("plan.reason.unused");
        }

        /** Why a need lacks something. */
        public String of(ShortfallRow row) {
            String unit = row.unit().in(locale);
            Cause cause = row.cause();
            if (cause instanceof Shortfall.NothingLeft nothing) {
                return nothing.usable() == 0
                        ? say("plan.cause.nothing-left.at-all")
                        : say("plan.cause.nothing-left", nothing.usable(), unit);
            }
            if (cause instanceof Shortfall.TooFarForTheDeadline late) {
                return say(
                        "plan.cause.too-far-for-the-deadline",
                        lot(late.lot(), row.item()),
                        km(late.km()),
                        moment(late.arrival()),
                        hours(late.late()));
            }
            if (cause instanceof Shortfall.ExpiresFirst expired) {
                return say(
                        "plan.cause.expires-first",
                        lot(expired.lot(), row.item()),
                        moment(expired.arrival()),
                        hours(expired.missing()),
                        expired.units(),
                        unit);
            }
            if (cause instanceof Shortfall.NotWorthTheDistance far) {
                return say(
                        "plan.cause.not-worth-the-distance",
                        lot(far.lot(), row.item()),
                        km(far.km()),
                        perUnit(far.by()),
                        unit);
            }
            if (cause instanceof Shortfall.PackStaysClosed closed) {
                return say(
                        "plan.cause.pack-stays-closed",
                        lot(closed.lot(), row.item()),
                        km(closed.km()),
                        closed.packSize(),
                        unit);
            }
            if (cause instanceof Shortfall.NotWorthAStop little) {
                return say(
                        "plan.cause.not-worth-a-stop", lot(little.lot(), row.item()), km(little.km()), little.least());
            }
            if (cause instanceof Shortfall.HubFull full) {
                return say("plan.cause.hub-full", lot(full.lot(), row.item()), km(full.km()), full.units(), unit);
            }
            if (cause instanceof Shortfall.OthersNeedItMore others) {
                return say(
                        "plan.cause.others-need-it-more." + sign(others.by()),
                        community(others.other()),
                        perUnit(others.by()),
                        unit);
            }
            return say("plan.cause." + cause.code());
        }

        /** Where a lot lies, and what it is if that is not what the row is about. */
        private String lot(LotKey lot, Name expected) {
            String place = Optional.ofNullable(hubs.get(lot))
                    .map(name -> name.in(locale))
                    .orElseGet(() -> say("plan.from-giver"));
            Name item = items.getOrDefault(lot, expected);
            return item.equals(expected) ? place : say("plan.reason.place-and-item", place, item.in(locale));
        }

        private String community(NeedKey need) {
            return communities.getOrDefault(need, need.value());
        }

        private String say(String code, Object... arguments) {
            return texts.getMessage(code, arguments, locale);
        }

        private String moment(Instant time) {
            return frame.moment(time);
        }
    }

    Page lines(List<LineRow> rows, Locale locale) {
        Set<LotKey> lots = new HashSet<>();
        Set<NeedKey> needs = new HashSet<>();
        rows.forEach(row -> row.nextBest().ifPresent(next -> {
            if (next instanceof NextBest.OtherLot other) {
                lots.add(other.lot());
            } else if (next instanceof NextBest.OtherNeed other) {
                needs.add(other.need());
            }
        }));
        return new Page(lots, needs, locale);
    }

    Page shortfalls(Collection<ShortfallRow> rows, Locale locale) {
        Set<LotKey> lots = new HashSet<>();
        Set<NeedKey> needs = new HashSet<>();
        for (ShortfallRow row : rows) {
            Cause cause = row.cause();
            if (cause instanceof Shortfall.TooFarForTheDeadline late) {
                lots.add(late.lot());
            } else if (cause instanceof Shortfall.ExpiresFirst expired) {
                lots.add(expired.lot());
            } else if (cause instanceof Shortfall.NotWorthTheDistance far) {
                lots.add(far.lot());
            } else if (cause instanceof Shortfall.HubFull full) {
                lots.add(full.lot());
            } else if (cause instanceof Shortfall.PackStaysClosed closed) {
                lots.add(closed.lot());
            } else if (cause instanceof Shortfall.NotWorthAStop little) {
                lots.add(little.lot());
            } else if (cause instanceof Shortfall.OthersNeedItMore others) {
                needs.add(others.other());
            }
        }
        return new Page(lots, needs, locale);
    }

    private static String sign(long difference) {
        return difference == 0 ? "equal" : difference > 0 ? "worse" : "better";
    }

    private static double perUnit(long difference) {
        return Math.abs(difference) / UNITS_PER_KM;
    }

    private static long km(double km) {
        return Math.round(km);
    }

    private static double hours(Duration duration) {
        return Math.max(0.1, Math.round(duration.toMinutes() / 6.0) / 10.0);
    }
}
