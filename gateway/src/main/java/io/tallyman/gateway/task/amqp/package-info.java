/** Receives hints from billing-service through the broker. */
@NullMarked
package io.tallyman.gateway.task.amqp;

import org.jspecify.annotations.NullMarked;
