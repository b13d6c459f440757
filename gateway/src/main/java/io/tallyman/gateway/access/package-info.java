/** Who sends a request: the tokens and sessions of clients, and how they are checked. */
@NullMarked
package io.tallyman.gateway.access;

import org.jspecify.annotations.NullMarked;
