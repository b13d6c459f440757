package io.tallyman.worker.billingservice;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.task.Progress;
import java.util.List;
import java.util.UUID;

/** The heartbeats of the attempts that a worker runs; at most {@value #MOST}. */
@Serdeable
public record HeartbeatBatch(List<Item> heartbeats) {
  public static final int MOST = 2_000;

  @Serdeable
  public record Item(UUID taskId, int attempt, Progress progress) {}

  /**
   * @param verdicts one for each heartbeat, in the same order: the name of a {@link Verdict}, or
   *     one that only a newer release knows
   */
  @Serdeable
  public record Answers(List<String> verdicts) {}
}
