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
   * The work is done; the sheet stands in the store under its final name.
   *
   * @param sheet null only for a type that may end without one
   * @param result what the task's type adds to the sheet, in a shape of its own; null where it adds
   *     nothing
   * @param progress the last of the attempt; null where it told none
   */
  @Serdeable
  record Done(
      @Nullable @Valid WrittenSheet sheet,
      @Nullable JsonNode result,
      @Nullable @Valid Progress progress)
      implements Outcome {}

  /**
   * It failed in a way that may pass: another attempt may succeed.
   *
   * @param outage whether it failed because something that it needs was away
   */
  @Serdeable
  record Retry(@NotNull @Valid Fault error, boolean outage) implements Outcome {}

  /** It failed in a way that no other attempt would change. */
  @Serdeable
  record GiveUp(@NotNull @Valid Fault error) implements Outcome {}

  /** The worker shuts down and gives the task back; this spends no attempt. */
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
