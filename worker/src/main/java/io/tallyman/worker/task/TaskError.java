package io.tallyman.worker.task;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.ProblemType;
import java.net.URI;

/**
 * Why an attempt failed, as the parts of a problem.
 *
 * @param type the problem's type; it never changes between releases
 * @param detail what went wrong this time, where, and what to do
 */
@Serdeable
public record TaskError(URI type, String title, String detail) {
  public static TaskError of(String slug, String title, String detail) {
    return new TaskError(ProblemType.uri(slug), title, detail);
  }
}
