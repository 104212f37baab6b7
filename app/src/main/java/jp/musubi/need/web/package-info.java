/** Pages and endpoints of the feature {@code need}. */
@NullMarked
package jp.musubi.need.web;

import org.jspecify.annotations.NullMarked;
