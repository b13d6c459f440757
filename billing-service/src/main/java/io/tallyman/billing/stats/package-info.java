/** Statistics of the tasks of an interval. */
@NullMarked
package io.tallyman.billing.stats;

import org.jspecify.annotations.NullMarked;
