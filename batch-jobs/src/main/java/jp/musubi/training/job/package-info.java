/** Repeated work about training. */
@NullMarked
package jp.musubi.training.job;

import org.jspecify.annotations.NullMarked;
