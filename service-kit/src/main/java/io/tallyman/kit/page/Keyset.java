package io.tallyman.kit.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By what a list is ordered, so that a page can begin after the last row of the one before: values
 * of a row that never change and that no two rows share.
 *
 * @param list the list's name within the service; a cursor of one list is none of another
 * @param position a serializable record of those values
 * @param of the position of a row
 */
public record Keyset<T, P>(String list, Class<P> position, Function<T, P> of) {
  /** Reads the rows of a list in its order. */
  @FunctionalInterface
  public interface Rows<T, P> {
    /**
     * @param position the rows begin after it; null for those from the beginning
     * @param count how many there are to be at most
     */
    List<T> after(@Nullable P position, int count);
  }
}
