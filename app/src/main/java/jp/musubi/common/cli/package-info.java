/** The command line: every command of {@code ./musubi} and of the jar. */
@NullMarked
package jp.musubi.common.cli;

import org.jspecify.annotations.NullMarked;
