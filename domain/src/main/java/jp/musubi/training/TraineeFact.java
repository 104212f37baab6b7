package jp.musubi.training;

import java.time.LocalDate;

/** One dated fact about a trainee, as somebody said it at some time. All words are kept; the one said last holds. */
public record TraineeFact(FactEntry entry, Said said) {

    public FactKind kind() {
        return entry.kind();
    }

    public String key() {
        return entry.key();
    }

    public LocalDate on() {
        return entry.on();
    }

    public String code() {
        return entry.code();
    }
}
