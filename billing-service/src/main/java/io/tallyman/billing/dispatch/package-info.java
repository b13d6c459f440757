/** Offers due tasks to the workers through the dispatch queue, and again when an offer was lost. */
@NullMarked
package io.tallyman.billing.dispatch;

import org.jspecify.annotations.NullMarked;
