/** The dispatch queue at the broker, from its consuming end. */
@NullMarked
package io.tallyman.worker.dispatch.amqp;

import org.jspecify.annotations.NullMarked;
