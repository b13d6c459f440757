/** Statistics of the tasks of an interval. */
@NullMarked
package io.tallyman.gateway.stats;

import org.jspecify.annotations.NullMarked;
