/** The routes that show how Tallyman runs: its live workers, and statistics of its tasks. */
@NullMarked
package io.tallyman.gateway.stats;

import org.jspecify.annotations.NullMarked;
