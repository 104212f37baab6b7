package jp.musubi.volunteer;

/** What one row of a file, or a form, says about a volunteer. */
public record VolunteerRow(VolunteerDetails details, VolunteerPerson person) {

    /** Equal texts = equal content. Holds personal data: only its hash is kept. */
    public String contentText() {
        return details + "\n" + person.name() + "\n" + person.phone() + "\n" + person.mail() + "\n" + person.birthDate()
                + "\n" + person.insuranceNumber() + "\n" + person.home();
    }
}
