/** Adapters to the message broker: the dispatch queue and the exchange of hints. */
@NullMarked
package io.tallyman.billing.amqp;

import org.jspecify.annotations.NullMarked;
