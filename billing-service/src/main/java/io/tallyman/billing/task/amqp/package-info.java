/** The dispatch queue and the hint exchange at the broker. */
@NullMarked
package io.tallyman.billing.task.amqp;

import org.jspecify.annotations.NullMarked;
