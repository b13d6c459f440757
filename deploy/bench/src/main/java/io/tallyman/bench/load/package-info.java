/** The load generator, which is the same for every system. */
@NullMarked
package io.tallyman.bench.load;

import org.jspecify.annotations.NullMarked;
