/** The workers that are alive, and what they run. */
@NullMarked
package io.tallyman.gateway.fleet;

import org.jspecify.annotations.NullMarked;
