package io.tallyman.gateway.docs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kind of problem, as {@code problems.json} explains it.
 *
 * @param slug the last part of its type
 * @param title as every problem of the type has it
 * @param status as an answer; null where it never is one
 * @param cause when it happens
 * @param cure what its reader can do
 */
@Serdeable
record ListedProblem(
    String slug,
    String title,
    @Nullable Integer status,
    List<Seen> seen,
    String cause,
    String cure) {

  /** Who meets it. */
  @Serdeable
  enum Seen {
    /** A client, as the answer to a request. */
    @JsonProperty("answer")
    ANSWER,
    /** A client, as the {@code error} of a task. */
    @JsonProperty("task")
    TASK,
    /** Only the services among each other. */
    @JsonProperty("inside")
    INSIDE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
