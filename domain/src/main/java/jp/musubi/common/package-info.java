/** Value types that every feature speaks: quantities, money, time, places, outcomes. */
@NullMarked
package jp.musubi.common;

import org.jspecify.annotations.NullMarked;
