package io.tallyman.billing.event;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.event.EventBatches.Recent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gateways find the events of the last seconds here, because hints of them may be lost. */
@Controller("/internal/recent-events")
@ExecuteOn(TaskExecutors.BLOCKING)
class RecentEventController {
  private final EventBatches batches;

  RecentEventController(EventBatches batches) {
    this.batches = batches;
  }

  @Serdeable
  record Happened(UUID taskId, int seq) {}

  /**
   * @param data which events there are, ordered by time
   * @param now the time of the database
   * @param next null if these are all events; otherwise the time of the last of them: read on from
   *     there
   */
  @Serdeable
  record Told(List<Happened> data, Instant now, @Nullable Instant next) {}

  /**
   * @param since inclusive; without it, only the time is told
   */
  @Get
  Told show(@Nullable @QueryValue @FourDigitYear Instant since) {
    Recent recent = batches.since(since);
    return new Told(
        recent.positions().stream()
            .map(event -> new Happened(event.taskId(), event.seq()))
            .toList(),
        recent.now(),
        recent.isFull() ? recent.positions().getLast().at() : null);
  }
}
