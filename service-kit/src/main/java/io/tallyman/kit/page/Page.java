package io.tallyman.kit.page;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as it is sent.
 *
 * @param data in the order of the list
 * @param nextCursor the cursor of the next page; null on the last page
 */
@Serdeable
public record Page<T>(List<T> data, @Nullable String nextCursor) {
  /** The same page with each row converted. */
  public <R> Page<R> map(Function<T, R> row) {
    return new Page<>(data.stream().map(row).toList(), nextCursor);
  }
}
