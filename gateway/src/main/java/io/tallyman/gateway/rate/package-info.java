/** How many requests users and network addresses may send. */
@NullMarked
package io.tallyman.gateway.rate;

import org.jspecify.annotations.NullMarked;
