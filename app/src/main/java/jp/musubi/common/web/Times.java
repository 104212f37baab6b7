package jp.musubi.common.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Times as people read them, in the zone of the response they look at. */
@Component("times")
public class Times {

    private static final DateTimeFormatter JAPANESE =
            DateTimeFormatter.ofPattern("yyyy年M月d日(E) HH:mm", Locale.JAPANESE);
    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.UK);

    private final Frame frame;

    Times(Frame frame) {
        this.frame = frame;
    }

    public ZoneId zone() {
        return ZoneId.of(frame.zone());
    }

    /** 2011年3月15日(火) 14:20 or 15 Mar 2011, 14:20. */
    public String moment(Instant instant, Locale locale) {
        return moment(instant, zone(), locale);
    }

    public String moment(Instant instant, ZoneId zone, Locale locale) {
        return (locale.getLanguage().equals("en") ? ENGLISH : JAPANESE).format(instant.atZone(zone));
    }
}
