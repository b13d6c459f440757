/** Tests the promises of the whole stack from outside: over HTTP, while processes are killed. */
@NullMarked
package io.tallyman.e2e;

import org.jspecify.annotations.NullMarked;
