/** Pages and endpoints of the feature {@code inbox}: sending files in, their progress, their rejected rows. */
@NullMarked
package jp.musubi.inbox.web;

import org.jspecify.annotations.NullMarked;
