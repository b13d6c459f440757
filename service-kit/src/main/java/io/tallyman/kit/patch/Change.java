package io.tallyman.kit.patch;

import org.jspecify.annotations.Nullable;

/**
 * What a merge patch says of one field: nothing, or its new value. A patch is a record of these, to
 * be annotated with {@code @JsonInclude(NON_ABSENT)} where it is written too.
 *
 * @param given false where the patch leaves the field out, which then stays as it is
 * @param value the new value; null clears the field, and is null as well where none is given
 */
public record Change<T>(boolean given, @Nullable T value) {
  /** The media type of a merge patch. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final Change<?> NONE = new Change<>(false, null);

  @SuppressWarnings("unchecked") // holds no value
  public static <T> Change<T> none() {
    return (Change<T>) NONE;
  }

  public static <T> Change<T> to(@Nullable T value) {
    return new Change<>(true, value);
  }
}
