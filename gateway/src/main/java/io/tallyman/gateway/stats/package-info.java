/** The route of the statistics of tasks. */
@NullMarked
package io.tallyman.gateway.stats;

import org.jspecify.annotations.NullMarked;
