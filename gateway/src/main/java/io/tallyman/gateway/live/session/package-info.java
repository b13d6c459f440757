/** Sessions: what each client follows, and what waits to be sent to it. */
@NullMarked
package io.tallyman.gateway.live.session;

import org.jspecify.annotations.NullMarked;
