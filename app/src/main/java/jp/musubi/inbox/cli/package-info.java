/** The command {@code import}. */
@NullMarked
package jp.musubi.inbox.cli;

import org.jspecify.annotations.NullMarked;
