/** What the map shows of plans. */
@NullMarked
package jp.musubi.matching.geo;

import org.jspecify.annotations.NullMarked;
