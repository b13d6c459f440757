/** How a service starts, and says so when it cannot. */
@NullMarked
package io.tallyman.kit.start;

import org.jspecify.annotations.NullMarked;
