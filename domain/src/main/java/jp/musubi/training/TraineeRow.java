package jp.musubi.training;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one row of a file, or a form, says about a trainee.
 *
 * @param facts steps, exits and consents with a day in the row; a blank cell says nothing
 * @param saidAt when the row was written, if it says so
 */
public record TraineeRow(
        CohortId cohort,
        TraineePerson person,
        TraineePerson.Sensitive sensitive,
        List<FactEntry> facts,
        Optional<Instant> saidAt) {

    public TraineeRow {
        facts = List.copyOf(facts);
    }

    /** Equal texts = equal content. Holds personal data: only its hash is kept. */
    public String contentText() {
        return String.join(
                "\n",
                cohort.toString(),
                person.name(),
                person.kana().toString(),
                person.phone().toString(),
                person.mail().toString(),
                person.birthDate().toString(),
                person.address().toString(),
                sensitive.disability().toString(),
                sensitive.health().toString(),
                sensitive.circumstances().toString(),
                facts.toString());
    }
}
