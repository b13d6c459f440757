/** Live events as server-sent events. */
@NullMarked
package io.tallyman.gateway.live.sse;

import org.jspecify.annotations.NullMarked;
