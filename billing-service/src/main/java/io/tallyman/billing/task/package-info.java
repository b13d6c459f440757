/**
 * Tasks as clients see them: submitted, read, listed, cancelled, retried, and deleted when expired.
 */
@NullMarked
package io.tallyman.billing.task;

import org.jspecify.annotations.NullMarked;
