package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A skill somebody has.
 *
 * @param level 1 can help, 2 works alone, 3 can teach
 * @param validUntil the last day on which its licence is good; empty = it does not end
 */
public record HeldSkill(Skill skill, int level, Optional<LocalDate> validUntil) {

    public HeldSkill {
        if (level < 1 || level > Skill.HIGHEST_LEVEL) {
            throw new IllegalArgumentException("A level is 1 to " + Skill.HIGHEST_LEVEL + ", but was " + level + ".");
        }
    }

    public static HeldSkill of(Skill skill) {
        return new HeldSkill(skill, 1, Optional.empty());
    }

    public boolean isValidOn(LocalDate day) {
        return validUntil.isEmpty() || !validUntil.get().isBefore(day);
    }
}
