/** Who sends a request: the tokens that clients send, and how they are checked. */
@NullMarked
package io.tallyman.gateway.access;

import org.jspecify.annotations.NullMarked;
