/**
 * What communities need: requests, assessments, and estimates of what a community of its size lacks; and what is left of
 * it after what was received, is under way and is reserved.
 */
@NullMarked
package jp.musubi.need;

import org.jspecify.annotations.NullMarked;
