package io.tallyman.kit.page;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as it stands on the wire.
 *
 * @param data in the order of the list
 * @param nextCursor where the next page begins; null on the last
 */
@Serdeable
public record Page<T>(List<T> data, @Nullable String nextCursor) {
  /** The same page of other rows, one for each. */
  public <R> Page<R> map(Function<T, R> row) {
    return new Page<>(data.stream().map(row).toList(), nextCursor);
  }
}
