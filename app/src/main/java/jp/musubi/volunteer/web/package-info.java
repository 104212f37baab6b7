/** Pages, REST, feeds and check-in of volunteers. */
@NullMarked
package jp.musubi.volunteer.web;

import org.jspecify.annotations.NullMarked;
