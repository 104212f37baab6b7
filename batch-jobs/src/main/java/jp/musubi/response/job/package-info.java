/** Jobs that start a response: the scenario that ships with the program. */
@NullMarked
package jp.musubi.response.job;

import org.jspecify.annotations.NullMarked;
