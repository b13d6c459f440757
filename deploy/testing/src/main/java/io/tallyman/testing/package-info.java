/** Starts a whole Tallyman for the tests of programs that use it. */
@NullMarked
package io.tallyman.testing;

import org.jspecify.annotations.NullMarked;
