package io.tallyman.worker.task;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.ProblemType;
import java.net.URI;

/**
 * Why an attempt failed, in the words of a problem.
 *
 * @param type never changes once it was sent
 * @param detail what was wrong this time, where, and what to do about it
 */
@Serdeable
public record TaskError(URI type, String title, String detail) {
  public static TaskError of(String slug, String title, String detail) {
    return new TaskError(ProblemType.uri(slug), title, detail);
  }
}
