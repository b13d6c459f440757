/** A whole Tallyman for the tests of programs that speak to it. */
@NullMarked
package io.tallyman.testing;

import org.jspecify.annotations.NullMarked;
