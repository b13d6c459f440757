/** Hints from billing-service, as the broker brings them, and reads for hints that are lost. */
@NullMarked
package io.tallyman.gateway.follow.amqp;

import org.jspecify.annotations.NullMarked;
