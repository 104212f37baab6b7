/** Pages and REST of training: cohorts, registers, people's way. */
@NullMarked
package jp.musubi.training.web;

import org.jspecify.annotations.NullMarked;
