/** How often something may happen. */
@NullMarked
package io.tallyman.kit.rate;

import org.jspecify.annotations.NullMarked;
