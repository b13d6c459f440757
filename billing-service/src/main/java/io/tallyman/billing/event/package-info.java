/** The events of a task: its changes of status, in order. */
@NullMarked
package io.tallyman.billing.event;

import org.jspecify.annotations.NullMarked;
