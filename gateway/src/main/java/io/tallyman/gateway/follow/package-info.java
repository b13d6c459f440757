/** Polls and long polls: clients that wait for the end of a task. */
@NullMarked
package io.tallyman.gateway.follow;

import org.jspecify.annotations.NullMarked;
