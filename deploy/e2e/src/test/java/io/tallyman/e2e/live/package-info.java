/** Live events: the protocol, the clients, and how both behave under load and under attack. */
@NullMarked
package io.tallyman.e2e.live;

import org.jspecify.annotations.NullMarked;
