package io.tallyman.billing.attempt;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.WrittenSheet;
import io.tallyman.billing.state.Progress;
import io.tallyman.billing.state.TaskError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as its worker reports it. */
@Serdeable
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "DONE", value = Outcome.Done.class),
  @JsonSubTypes.Type(name = "RETRY", value = Outcome.Retry.class),
  @JsonSubTypes.Type(name = "GIVE_UP", value = Outcome.GiveUp.class),
  @JsonSubTypes.Type(name = "RELEASED", value = Outcome.Released.class)
})
sealed interface Outcome {
  /**
   * The work is done, and the sheet is in the store under its final name.
   *
   * @param sheet the written sheet; null only for task types that may end without one
   * @param result what the task type adds to its sheet, in a shape of its own; null if it adds
   *     nothing
   * @param progress the attempt's last progress; null if it reported none
   */
  @Serdeable
  record Done(
      @Nullable @Valid WrittenSheet sheet,
      @Nullable JsonNode result,
      @Nullable @Valid Progress progress)
      implements Outcome {}

  /**
   * The attempt failed, but another attempt may succeed.
   *
   * @param outage true if a service or store that the task needs was unavailable
   */
  @Serdeable
  record Retry(@NotNull @Valid Fault error, boolean outage) implements Outcome {}

  /**
   * The attempt failed, and every other attempt would fail too.
   *
   * @param progress the attempt's last progress; null if it reported none
   */
  @Serdeable
  record GiveUp(@NotNull @Valid Fault error, @Nullable @Valid Progress progress)
      implements Outcome {}

  /** The worker shuts down and gives the task back. This uses up no attempt. */
  @Serdeable
  record Released() implements Outcome {}

  /** What went wrong, as a problem's type, title and detail. */
  @Serdeable
  record Fault(@NotNull URI type, @NotNull String title, @Nullable String detail) {
    TaskError asError(boolean retryable) {
      return new TaskError(type, title, detail, retryable);
    }
  }
}
