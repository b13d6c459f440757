/** A browser that tests use as a person would: with a mouse or a keyboard. */
@NullMarked
package io.tallyman.e2e.browser;

import org.jspecify.annotations.NullMarked;
