/** PostgreSQL and the AMQP broker, from Maven artifacts. */
@NullMarked
package io.tallyman.standalone.embedded;

import org.jspecify.annotations.NullMarked;
