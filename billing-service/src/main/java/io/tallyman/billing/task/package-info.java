/** The way of a task: accepted, dispatched, claimed under a lease, ended. */
@NullMarked
package io.tallyman.billing.task;

import org.jspecify.annotations.NullMarked;
