/** Volunteers, shifts and rosters in the database. */
@NullMarked
package jp.musubi.volunteer.store;

import org.jspecify.annotations.NullMarked;
