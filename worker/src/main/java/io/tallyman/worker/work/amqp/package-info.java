/** The consuming side of the dispatch queue. */
@NullMarked
package io.tallyman.worker.work.amqp;

import org.jspecify.annotations.NullMarked;
