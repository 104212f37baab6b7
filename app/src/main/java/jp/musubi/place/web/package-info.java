/** Pages and endpoints of the feature {@code place}. */
@NullMarked
package jp.musubi.place.web;

import org.jspecify.annotations.NullMarked;
