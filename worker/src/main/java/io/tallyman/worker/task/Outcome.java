package io.tallyman.worker.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.WrittenSheet;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as reported to billing-service. */
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
   * The work is done, and the sheet is in the store under its final name.
   *
   * @param sheet the written sheet; of an import the sheet of refused rows; null if there is none
   * @param result what the task type adds to its sheet, in the shape that billing-service reads;
   *     null if it adds nothing
   * @param progress the attempt's last progress, which may be newer than its last heartbeat; null
   *     if there is none
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
   * The attempt failed, but another attempt may succeed.
   *
   * @param outage true if a service or store that the task needs was unavailable; billing-service
   *     then does not count the attempt, up to {@code tallyman.tasks.outage-patience}
   */
  @Serdeable
  record Retry(TaskError error, boolean outage) implements Outcome {}

  /**
   * The attempt failed, and every other attempt would fail too.
   *
   * @param progress as of {@link Done}
   */
  @Serdeable
  record GiveUp(TaskError error, @Nullable Progress progress) implements Outcome {}

  /** The worker shuts down and gives the task back. This uses up no attempt. */
  @Serdeable
  record Released() implements Outcome {}
}
