/** Storage of plans and wishes, and the stock and needs that plans are made from. */
@NullMarked
package jp.musubi.matching.store;

import org.jspecify.annotations.NullMarked;
