/** The route of live workers and their attempts. */
@NullMarked
package io.tallyman.gateway.fleet;

import org.jspecify.annotations.NullMarked;
