/** The events of a task: every change of its status. */
@NullMarked
package io.tallyman.gateway.event;

import org.jspecify.annotations.NullMarked;
