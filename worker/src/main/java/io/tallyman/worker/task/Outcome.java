package io.tallyman.worker.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.WrittenSheet;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as billing-service is told. */
@Serdeable
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "DONE", value = Outcome.Done.class),
  @JsonSubTypes.Type(name = "RETRY", value = Outcome.Retry.class),
  @JsonSubTypes.Type(name = "GIVE_UP", value = Outcome.GiveUp.class),
  @JsonSubTypes.Type(name = "RELEASED", value = Outcome.Released.class)
})
public sealed interface Outcome {
  /**
   * The work is done; the sheet stands in the store under its final name.
   *
   * @param sheet for an import the refused rows, null if there are none
   * @param result what the task's type adds to the sheet, as its part of billing-service reads it;
   *     null where it adds nothing
   * @param progress the last of the attempt, which no heartbeat may have told; null where there is
   *     none
   */
  @Serdeable
  record Done(@Nullable WrittenSheet sheet, @Nullable JsonNode result, @Nullable Progress progress)
      implements Outcome {

    public Done(@Nullable WrittenSheet sheet, @Nullable JsonNode result) {
      this(sheet, result, null);
    }

    public Done at(@Nullable Progress last) {
      return new Done(sheet, result, last);
    }
  }

  /**
   * It failed in a way that may pass: another attempt may succeed.
   *
   * @param outage whether it failed because something that it needs was away; billing-service is
   *     patient with that
   */
  @Serdeable
  record Retry(TaskError error, boolean outage) implements Outcome {}

  /** It failed in a way that no other attempt would change. */
  @Serdeable
  record GiveUp(TaskError error) implements Outcome {}

  /** The worker shuts down and gives the task back; this spends no attempt. */
  @Serdeable
  record Released() implements Outcome {}
}
