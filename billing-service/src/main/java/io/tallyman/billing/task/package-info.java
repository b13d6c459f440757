/**
 * Tasks as clients see them: accepted, read, listed, cancelled, retried, and deleted when expired.
 */
@NullMarked
package io.tallyman.billing.task;

import org.jspecify.annotations.NullMarked;
