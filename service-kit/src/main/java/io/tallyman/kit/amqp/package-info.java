/** The connection to the AMQP broker, which can be lost and opened again at any time. */
@NullMarked
package io.tallyman.kit.amqp;

import org.jspecify.annotations.NullMarked;
