/** The public contract: routes, composed of what the services behind them answer. */
@NullMarked
package io.tallyman.gateway;

import org.jspecify.annotations.NullMarked;
