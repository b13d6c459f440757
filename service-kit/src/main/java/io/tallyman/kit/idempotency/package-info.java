/** Requests that may be repeated without being done twice: answers kept under the client's key. */
@NullMarked
package io.tallyman.kit.idempotency;

import org.jspecify.annotations.NullMarked;
