package io.tallyman.worker.task;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come.
 *
 * @param phase what it is doing, one word
 * @param unit what is counted: {@code rows} or {@code bytes}
 * @param done never goes back within an attempt
 * @param total null while it is not known
 */
@Serdeable
public record Progress(String phase, String unit, long done, @Nullable Long total) {
  static final Progress NONE = new Progress("starting", "rows", 0, null);

  public Progress in(String laterPhase) {
    return new Progress(laterPhase, unit, done, total);
  }
}
