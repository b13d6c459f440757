package io.tallyman.worker.task;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an attempt.
 *
 * @param phase the current step, one word
 * @param unit the unit of {@code done} and {@code total}: {@code rows}, {@code bytes} or {@code
 *     tasks}
 * @param done never decreases within an attempt
 * @param total null if unknown
 */
@Serdeable
public record Progress(String phase, String unit, long done, @Nullable Long total) {
  static final Progress NONE = new Progress("starting", "rows", 0, null);

  public Progress in(String laterPhase) {
    return new Progress(laterPhase, unit, done, total);
  }
}
