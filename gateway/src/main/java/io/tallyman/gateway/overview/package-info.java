/** A user and all that hangs on one, from both services at once. */
@NullMarked
package io.tallyman.gateway.overview;

import org.jspecify.annotations.NullMarked;
