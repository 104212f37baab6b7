package jp.musubi.volunteer.web;

import java.util.Locale;
import jp.musubi.volunteer.OpenSeatCause;
import jp.musubi.volunteer.WantedHelp;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Reasons for open seats in whole sentences. */
@Component
public class CauseTexts {

    private final MessageSource messages;

    CauseTexts(MessageSource messages) {
        this.messages = messages;
    }

    /** In the reader's language. */
    public String of(OpenSeatCause cause) {
        if (cause instanceof OpenSeatCause.NobodyWithSkill nobody) {
            return text("nobody", nobody.withLower());
        } else if (cause instanceof OpenSeatCause.MinorsOnly minors) {
            return text("minors", minors.minors());
        } else if (cause instanceof OpenSeatCause.TooFar far) {
            return text("far", far.skilled(), (long) Math.ceil(far.missingKm()));
        } else if (cause instanceof OpenSeatCause.NotAvailable time) {
            return text("time", time.inReach());
        } else if (cause instanceof OpenSeatCause.Banned banned) {
            return text("banned", banned.free());
        } else if (cause instanceof OpenSeatCause.AlreadyAtWork work) {
            return text("at-work", work.free());
        } else if (cause instanceof OpenSeatCause.NeedsRest rest) {
            return text("rest", rest.free());
        } else if (cause instanceof OpenSeatCause.TeamWouldBeSplit team) {
            return text("team", team.free());
        } else if (cause instanceof OpenSeatCause.OthersNeedThemMore others) {
            return text("others", others.free());
        } else if (cause instanceof OpenSeatCause.TooFewPeople few) {
            return text("few", few.found(), few.least());
        } else if (cause instanceof OpenSeatCause.NoLeader leader) {
            return text("leader", leader.free());
        }
        throw new IllegalArgumentException("No text for " + cause + ".");
    }

    /** Who else would help, in the reader's language. */
    String of(WantedHelp help, String municipality, String day) {
        Locale locale = LocaleContextHolder.getLocale();
        String skill = help.skill()
                .map(each -> messages.getMessage(
                        help.level() > 1 ? "roster.wanted.level" : "roster.wanted.skill",
                        new Object[] {each.label().in(locale), help.level()},
                        locale))
                .orElseGet(() -> messages.getMessage("roster.wanted.anybody", null, locale));
        return messages.getMessage(
                help.seats() > help.people() ? "roster.wanted.upto" : "roster.wanted",
                new Object[] {municipality, day, skill, help.people(), help.seats()},
                locale);
    }

    private String text(String key, Object... figures) {
        return messages.getMessage("roster.cause." + key, figures, LocaleContextHolder.getLocale());
    }
}
