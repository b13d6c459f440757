/** The consuming side of the dispatch queue. */
@NullMarked
package io.tallyman.worker.dispatch.amqp;

import org.jspecify.annotations.NullMarked;
