/** Making, comparing and accepting plans. */
@NullMarked
package jp.musubi.matching.web;

import org.jspecify.annotations.NullMarked;
