package jp.musubi.volunteer.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An iCalendar object as RFC 5545 writes it: times in UTC, lines of at most 75 octets, CRLF. */
final class CalendarText {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_OCTETS = 75;

    private final StringBuilder text = new StringBuilder();

    /** @param refresh how often readers should look again */
    CalendarText(String name, Duration refresh) {
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Musubi//Volunteers//JA");
        line("CALSCALE:GREGORIAN");
        line("METHOD:PUBLISH");
        line("NAME:" + escaped(name));
        line("X-WR-CALNAME:" + escaped(name));
        line("REFRESH-INTERVAL;VALUE=DURATION:" + refresh);
    }

    /**
     * One appointment.
     *
     * @param decided whether the volunteer was told; else it is tentative
     * @param sequence grows with every change
     */
    record Event(
            String uid,
            Instant stamp,
            Instant from,
            Instant to,
            String title,
            String place,
            boolean decided,
            long sequence) {}

    void event(Event event) {
        line("BEGIN:VEVENT");
        line("UID:" + event.uid());
        line("DTSTAMP:" + UTC.format(event.stamp()));
        line("DTSTART:" + UTC.format(event.from()));
        line("DTEND:" + UTC.format(event.to()));
        line("SEQUENCE:" + event.sequence());
        line("STATUS:" + (event.decided() ? "CONFIRMED" : "TENTATIVE"));
        line("SUMMARY:" + escaped(event.title()));
        line("LOCATION:" + escaped(event.place()));
        line("END:VEVENT");
    }

    String text() {
        return text + "END:VCALENDAR\r\n";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\r", "");
    }

    /** Folds between characters, never inside one. */
    private void line(String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int codePoint = content.codePointAt(i);
            String character = Character.toString(codePoint);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > MOST_OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += size;
            i += Character.charCount(codePoint);
        }
        text.append("\r\n");
    }
}
