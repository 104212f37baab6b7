/** Pages and endpoints of the feature {@code identity}. */
@NullMarked
package jp.musubi.identity.web;

import org.jspecify.annotations.NullMarked;
