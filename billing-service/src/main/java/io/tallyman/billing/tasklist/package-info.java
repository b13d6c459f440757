/** Lists and counts the tasks that match a filter. */
@NullMarked
package io.tallyman.billing.tasklist;

import org.jspecify.annotations.NullMarked;
