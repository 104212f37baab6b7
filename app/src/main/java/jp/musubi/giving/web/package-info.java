/** Pages and feeds for donors. */
@NullMarked
package jp.musubi.giving.web;

import org.jspecify.annotations.NullMarked;
