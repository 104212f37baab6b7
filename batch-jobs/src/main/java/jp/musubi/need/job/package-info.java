/** Jobs about needs: the scenario's files on their way through the inbox. */
@NullMarked
package jp.musubi.need.job;

import org.jspecify.annotations.NullMarked;
