/** Live events as clients see them, and what they are made from. */
@NullMarked
package io.tallyman.gateway.live.event;

import org.jspecify.annotations.NullMarked;
