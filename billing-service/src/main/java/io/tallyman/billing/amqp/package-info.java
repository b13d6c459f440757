/**
 * Adapters to the message broker: the dispatch queue, and the exchanges of hints and of progress.
 */
@NullMarked
package io.tallyman.billing.amqp;

import org.jspecify.annotations.NullMarked;
