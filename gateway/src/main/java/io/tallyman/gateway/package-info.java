/** The public API: routes whose answers come from the services behind the gateway. */
@NullMarked
package io.tallyman.gateway;

import org.jspecify.annotations.NullMarked;
