package jp.musubi.matching.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How long ago something happened, in real time. */
@Component
public class Ago {

    private final Clock realTime;
    private final MessageSource texts;

    Ago(Clock realTime, MessageSource texts) {
        this.realTime = realTime;
        this.texts = texts;
    }

    public String of(Instant then) {
        long minutes = Duration.between(then, realTime.instant()).toMinutes();
        if (minutes < 1) {
            return say("plan.ago.now", 0);
        }
        if (minutes < 60) {
            return say("plan.ago.minutes", minutes);
        }
        return minutes < 48 * 60 ? say("plan.ago.hours", minutes / 60) : say("plan.ago.days", minutes / (24 * 60));
    }

    private String say(String code, long count) {
        return texts.getMessage(code, new Object[] {count}, LocaleContextHolder.getLocale());
    }
}
