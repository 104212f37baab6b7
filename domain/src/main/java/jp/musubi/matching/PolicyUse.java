package jp.musubi.matching;

import jp.musubi.common.BilingualText;

/**
 * By which policy a plan was made.
 *
 * @param key see {@link PolicyVersion#key()}
 * @param name as it was then
 * @param terms what was really planned by
 * @param changed whether {@code terms} differ from what that version says, for this plan only
 */
public record PolicyUse(String key, BilingualText name, int version, PolicyTerms terms, boolean changed) {

    /** Planning by a version of a policy, perhaps with other terms for once. */
    public static PolicyUse of(PolicyVersion policy, PolicyTerms terms) {
        return new PolicyUse(policy.key(), policy.name(), policy.version(), terms, !terms.equals(policy.terms()));
    }
}
