package jp.musubi.volunteer;

import java.util.List;
import java.util.Optional;

/**
 * What planning knows of a volunteer.
 *
 * @param team people with the same team come together
 * @param skills at most one entry for each skill
 * @param languages codes such as {@code ja}
 * @param radiusKm the longest way to a place, by road
 * @param minor under 18
 * @param consent of a minor's guardian
 */
public record VolunteerDetails(
        Optional<String> team,
        List<HeldSkill> skills,
        List<String> languages,
        int radiusKm,
        boolean minor,
        boolean consent,
        Availability availability) {

    public static final int LONGEST_RADIUS_KM = 300;

    public VolunteerDetails {
        skills = List.copyOf(skills);
        languages = List.copyOf(languages);
        if (radiusKm < 1 || radiusKm > LONGEST_RADIUS_KM) {
            throw new IllegalArgumentException(
                    "A radius is 1 to " + LONGEST_RADIUS_KM + " km, but was " + radiusKm + ".");
        }
        if (minor && !consent) {
            throw new IllegalArgumentException("A minor needs a guardian's consent.");
        }
    }
}
