package jp.musubi.matching;

import java.util.Optional;
import java.util.Set;

/**
 * What a policy says, before it is known what the catalogue lets stand in for what.
 *
 * @param values all values; without substitutions of its own where the catalogue's are used
 * @param catalogueSubstitutes whether what the catalogue names may stand in, at the penalty of {@code values}
 */
public record PolicyTerms(Policy values, boolean catalogueSubstitutes) {

    /** {@link Policy#STANDARD}, with the catalogue's substitutes at the usual penalty. */
    public static final PolicyTerms STANDARD =
            new PolicyTerms(Policy.STANDARD.withSubstitutes(Set.of(), Policy.DEFAULT_PENALTY_KM), true);

    public PolicyTerms {
        if (catalogueSubstitutes && !values.substitutions().isEmpty()) {
            throw new IllegalArgumentException("A policy uses the catalogue's substitutes or names its own, not both.");
        }
    }

    public PolicyTerms withEquity(double equity) {
        return new PolicyTerms(values.withEquity(equity), catalogueSubstitutes);
    }

    /**
     * @param penaltyKm how much further than it is a substitute seems to lie; empty = nothing may stand in for anything
     */
    public PolicyTerms withSubstitutes(Optional<Integer> penaltyKm) {
        return penaltyKm
                .map(km -> new PolicyTerms(values.withSubstitutes(Set.of(), km), true))
                .orElseGet(() -> new PolicyTerms(values.withSubstitutes(Set.of(), 0), false));
    }

    /** The penalty of substitutes; empty if nothing may stand in for anything. */
    public Optional<Integer> substituteKm() {
        return catalogueSubstitutes || !values.substitutions().isEmpty()
                ? Optional.of(values.substitutePenaltyKm())
                : Optional.empty();
    }

    /** The policy to plan by. */
    public Policy with(Set<Policy.Substitution> catalogue) {
        return catalogueSubstitutes ? values.withSubstitutes(catalogue, values.substitutePenaltyKm()) : values;
    }
}
