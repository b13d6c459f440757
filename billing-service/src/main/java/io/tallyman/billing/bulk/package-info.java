/** Cancels or retries all tasks that match a filter, by a task that has their ids. */
@NullMarked
package io.tallyman.billing.bulk;

import org.jspecify.annotations.NullMarked;
