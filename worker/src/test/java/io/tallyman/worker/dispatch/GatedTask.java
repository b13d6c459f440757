package io.tallyman.worker.dispatch;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A task type that waits in the middle of its sheet until a test opens the gate. */
@Singleton
final class GatedTask implements TaskType<GatedTask.Nothing> {
  static final String NAME = "test.gated";

  private static final List<Column> COLUMNS = List.of(new Column("name", Column.Type.TEXT));

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);

  @Serdeable
  record Nothing() {}

  int runs() {
    return runs.get();
  }

  void open() {
    gate.countDown();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Nothing> parameters() {
    return Nothing.class;
  }

  @Override
  public Outcome.Done run(Nothing parameters, Work work) throws IOException, InterruptedException {
    try (SheetWriter sheet = work.beginSheet(COLUMNS, SheetFormat.RAW, 1)) {
      sheet.write(new String[] {"a row"});
      work.report(new Progress("writing", "rows", 1, 2L));
      runs.incrementAndGet();
      gate.await();
      return new Outcome.Done(sheet.finish("gated.csv", Instant.EPOCH), null);
    }
  }
}
