package jp.musubi.training;

import java.time.LocalDate;
import java.util.Optional;

/** Who a trainee is: personal data, kept apart and sealed. Its text form shows nothing of it. */
public record TraineePerson(
        String name,
        Optional<String> kana,
        Optional<String> phone,
        Optional<String> mail,
        Optional<LocalDate> birthDate,
        Optional<String> address) {

    @Override
    public String toString() {
        return "TraineePerson[…]";
    }

    /**
     * What needs special care (APPI, Art. 2(3)): kept apart from the rest, sealed, and only with the person's consent.
     *
     * @param circumstances what the disaster did to the person
     */
    public record Sensitive(Optional<String> disability, Optional<String> health, Optional<String> circumstances) {

        public static final Sensitive NONE = new Sensitive(Optional.empty(), Optional.empty(), Optional.empty());

        public boolean isEmpty() {
            return equals(NONE);
        }

        @Override
        public String toString() {
            return "Sensitive[…]";
        }
    }
}
