/** Live events over WebSocket: a conversation in JSON frames. */
@NullMarked
package io.tallyman.gateway.live.websocket;

import org.jspecify.annotations.NullMarked;
