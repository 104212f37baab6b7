/** Courses, trainees and what is known of them, in the database. */
@NullMarked
package jp.musubi.training.store;

import org.jspecify.annotations.NullMarked;
