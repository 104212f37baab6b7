/** The command {@code plan}: plans from files to a file, without a database. */
@NullMarked
package jp.musubi.matching.cli;

import org.jspecify.annotations.NullMarked;
