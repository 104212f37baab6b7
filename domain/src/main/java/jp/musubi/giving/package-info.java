/** What donors are asked for and what happens to what they give. */
@NullMarked
package jp.musubi.giving;

import org.jspecify.annotations.NullMarked;
