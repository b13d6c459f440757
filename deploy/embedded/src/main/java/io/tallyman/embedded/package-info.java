/** PostgreSQL and the AMQP broker, from Maven artifacts. */
@NullMarked
package io.tallyman.embedded;

import org.jspecify.annotations.NullMarked;
