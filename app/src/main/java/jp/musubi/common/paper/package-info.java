/** What all papers share: fonts. */
@NullMarked
package jp.musubi.common.paper;

import org.jspecify.annotations.NullMarked;
