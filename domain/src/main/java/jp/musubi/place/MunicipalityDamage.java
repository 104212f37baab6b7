package jp.musubi.place;

import java.util.Optional;

/**
 * What a disaster did to a municipality. Empty = no sourced figure, not zero.
 *
 * @param deadPlusMissing one figure
 * @param caveat where the figures come from and what they leave out
 */
public record MunicipalityDamage(
        MunicipalityCode municipality,
        Optional<Integer> deadPlusMissing,
        Optional<Integer> housesDestroyed,
        Optional<Integer> housesHalfOrPartial,
        Optional<Double> inundatedAreaKm2,
        String caveat) {}
