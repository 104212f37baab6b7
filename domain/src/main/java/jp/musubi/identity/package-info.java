/** Who may do what: organisations, people by opaque id, grants, and the one check that everything asks. */
@NullMarked
package jp.musubi.identity;

import org.jspecify.annotations.NullMarked;
