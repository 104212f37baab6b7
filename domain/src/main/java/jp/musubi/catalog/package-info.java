/**
 * What can be given and asked for: items, their units and packs, the names people use for them, and what may stand in
 * for what. Goods, money (yen) and working time (minutes) are all items, so that one ledger carries them.
 */
@NullMarked
package jp.musubi.catalog;

import org.jspecify.annotations.NullMarked;
