/** Hints from billing-service, as the broker brings them. */
@NullMarked
package io.tallyman.gateway.task.amqp;

import org.jspecify.annotations.NullMarked;
