/** The addresses of clients behind reverse proxies. */
@NullMarked
package io.tallyman.gateway.proxy;

import org.jspecify.annotations.NullMarked;
