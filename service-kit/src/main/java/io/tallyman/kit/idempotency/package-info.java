/** Lets clients repeat requests safely: answers are kept under the client's idempotency key. */
@NullMarked
package io.tallyman.kit.idempotency;

import org.jspecify.annotations.NullMarked;
