/** The connection to the AMQP broker, which may come and go. */
@NullMarked
package io.tallyman.kit.amqp;

import org.jspecify.annotations.NullMarked;
