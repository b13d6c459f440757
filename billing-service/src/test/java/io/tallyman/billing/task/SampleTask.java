package io.tallyman.billing.task;

import io.tallyman.billing.WireSamples;
import io.tallyman.billing.sheet.Total;
import io.tallyman.billing.state.Progress;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.tasktype.SheetResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The task of the canonical samples: it has ended with a sheet. */
public final class SampleTask {
  public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.778901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");
  private static final Instant EXPIRES = Instant.parse("2026-04-02T03:04:06.678901Z");
  static final UUID ID = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID SHEET = UUID.fromString("0197a3c2-7a00-7000-8000-000000000002");
  private static final String SHA256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final List<Total> TOTALS =
      List.of(new Total("GBP", new BigDecimal("13705200.99")));

  private SampleTask() {}

  /**
   * @param group what it was submitted in, if any
   */
  public static Task ended(WireSamples samples, @Nullable UUID group) throws IOException {
    SheetResult result =
        new SheetResult(SHEET, "billing-2022-03-31.csv", 742, TOTALS, 51234, SHA256);
    return new Task(
        ID,
        "billing.sheet",
        samples.tree("{\"billing_date\": \"2022-03-31\"}"),
        TaskStatus.SUCCESS,
        3,
        new Progress("writing", "rows", 742, 742L),
        1,
        5,
        4,
        null,
        null,
        samples.write(result),
        null,
        null,
        group,
        3L,
        CREATED,
        STARTED,
        DONE,
        DONE,
        EXPIRES);
  }
}
