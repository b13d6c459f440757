package io.tallyman.kit.page;

import org.jspecify.annotations.Nullable;

/**
 * The requested page of a list: {@code ?limit=} (1 to {@value #MOST}, {@value #USUAL} by default)
 * and {@code ?cursor=}. A controller has it as a parameter. Invalid values are rejected before the
 * controller is called.
 *
 * @param cursor the {@code next_cursor} of the previous page; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
  static final int MOST = 200;
  static final int USUAL = 50;
}
