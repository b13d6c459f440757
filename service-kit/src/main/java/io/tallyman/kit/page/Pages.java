package io.tallyman.kit.page;

import io.tallyman.kit.page.Keyset.Rows;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Cuts lists into pages. A client that follows the cursors from the first page to the last sees
 * every row that exists the whole time exactly once, even if rows are added meanwhile.
 */
@Singleton
public final class Pages {
  private final Cursors cursors;

  Pages(Cursors cursors) {
    this.cursors = cursors;
  }

  /**
   * @param filter a serializable record of all filters of the list; a cursor is valid only for the
   *     filter that it was made for
   * @throws io.tallyman.kit.problem.InvalidFields if the cursor was not made for this list and
   *     filter
   */
  public <T, P> Page<T> page(
      Keyset<T, P> keyset, Object filter, PageRequest request, Rows<T, P> rows) {
    String cursor = request.cursor();
    P position =
        cursor == null ? null : cursors.read(cursor, keyset.list(), filter, keyset.position());
    List<T> found = rows.after(position, request.limit() + 1);
    if (found.size() <= request.limit()) {
      return new Page<>(found, null);
    }
    List<T> data = List.copyOf(found.subList(0, request.limit()));
    P last = keyset.of().apply(data.getLast());
    return new Page<>(data, cursors.write(keyset.list(), filter, last));
  }
}
