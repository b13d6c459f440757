/** A user with vendors and payables, requested from both services at the same time. */
@NullMarked
package io.tallyman.gateway.overview;

import org.jspecify.annotations.NullMarked;
