package io.tallyman.gateway.docs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A type of problem, as {@code problems.json} explains it.
 *
 * @param slug the last part of its type
 * @param title the title of every problem of the type
 * @param status the HTTP status; null if it is never an answer
 * @param cause why it happens
 * @param cure what the reader can do
 */
@Serdeable
record ListedProblem(
    String slug,
    String title,
    @Nullable Integer status,
    List<Seen> seen,
    String cause,
    String cure) {

  /** Where the problem is seen. */
  @Serdeable
  enum Seen {
    /** A client gets it as the answer to a request. */
    @JsonProperty("answer")
    ANSWER,
    /** A client gets it as the {@code error} of a task. */
    @JsonProperty("task")
    TASK,
    /** Only services get it from each other. */
    @JsonProperty("inside")
    INSIDE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
