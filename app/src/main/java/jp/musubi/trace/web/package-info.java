/** Pages and REST of the feature {@code trace}. */
@NullMarked
package jp.musubi.trace.web;

import org.jspecify.annotations.NullMarked;
