/** Pages and REST of the feature {@code ledger}: sending, receiving, tracking. */
@NullMarked
package jp.musubi.ledger.web;

import org.jspecify.annotations.NullMarked;
