/** The catalogue for people and programs. */
@NullMarked
package jp.musubi.catalog.web;

import org.jspecify.annotations.NullMarked;
