/** Pages and endpoints of the feature {@code common}. */
@NullMarked
package jp.musubi.common.web;

import org.jspecify.annotations.NullMarked;
