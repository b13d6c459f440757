/** PostgreSQL and the broker, which all systems share. */
@NullMarked
package io.tallyman.bench.backing;

import org.jspecify.annotations.NullMarked;
