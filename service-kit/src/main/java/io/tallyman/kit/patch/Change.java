package io.tallyman.kit.patch;

import org.jspecify.annotations.Nullable;

/**
 * What a merge patch does to one field: nothing, or set a new value. A patch is a record of
 * changes. If it is also written as JSON, annotate it with {@code @JsonInclude(NON_ABSENT)}.
 *
 * @param given false if the patch does not contain the field, which then keeps its value
 * @param value the new value; null clears the field; also null if {@code given} is false
 */
public record Change<T>(boolean given, @Nullable T value) {
  /** The media type of a merge patch. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final Change<?> NONE = new Change<>(false, null);

  @SuppressWarnings("unchecked") // contains no value
  public static <T> Change<T> none() {
    return (Change<T>) NONE;
  }

  public static <T> Change<T> to(@Nullable T value) {
    return new Change<>(true, value);
  }
}
