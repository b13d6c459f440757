package io.tallyman.kit.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list: values of a row that never change and that are unique, so that a page can
 * begin after the last row of the previous page.
 *
 * @param list the list's name within the service; a cursor is valid for one list only
 * @param position a serializable record of those values
 * @param of the position of a row
 */
public record Keyset<T, P>(String list, Class<P> position, Function<T, P> of) {
  /** Reads the rows of a list in its order. */
  @FunctionalInterface
  public interface Rows<T, P> {
    /**
     * @param position the rows after this position; null for the rows from the beginning
     * @param count the maximum number of rows
     */
    List<T> after(@Nullable P position, int count);
  }
}
