/** Pages and endpoints of the feature {@code response}. */
@NullMarked
package jp.musubi.response.web;

import org.jspecify.annotations.NullMarked;
