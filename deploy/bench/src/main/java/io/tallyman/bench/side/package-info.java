/** The systems that are compared. */
@NullMarked
package io.tallyman.bench.side;

import org.jspecify.annotations.NullMarked;
