/** The dispatch queue at the broker. */
@NullMarked
package io.tallyman.billing.task.amqp;

import org.jspecify.annotations.NullMarked;
