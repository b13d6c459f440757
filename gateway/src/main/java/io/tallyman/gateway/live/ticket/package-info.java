/** Tickets: a client that cannot send a token opens a live stream with one. */
@NullMarked
package io.tallyman.gateway.live.ticket;

import org.jspecify.annotations.NullMarked;
