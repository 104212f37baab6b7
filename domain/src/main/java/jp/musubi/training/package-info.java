/**
 * Commissioned training: courses, the people in them, and what is known of them.
 *
 * <p>Everything about a trainee is a dated fact that somebody said at some time ({@link jp.musubi.training.TraineeFact}); a
 * correction is a further word about the same fact and leaves the earlier one where it is. The stage somebody has reached is
 * never typed in: {@link jp.musubi.training.StageRules} derives it from the facts for any day.
 */
@NullMarked
package jp.musubi.training;

import org.jspecify.annotations.NullMarked;
