package io.tallyman.kit.page;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: {@code ?limit=} (1 to {@value #MOST}, {@value #USUAL} where it
 * is left out) and {@code ?cursor=}. A controller takes it as a parameter; what is out of bounds is
 * refused before it is called.
 *
 * @param cursor the {@code next_cursor} of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
  static final int MOST = 200;
  static final int USUAL = 50;
}
