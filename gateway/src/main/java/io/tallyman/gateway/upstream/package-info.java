/** Calls of the services behind the gateway, and what the client gets if a call fails. */
@NullMarked
package io.tallyman.gateway.upstream;

import org.jspecify.annotations.NullMarked;
