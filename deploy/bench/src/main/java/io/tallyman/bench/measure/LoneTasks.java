package io.tallyman.bench.measure;

import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.load.Sample;
import io.tallyman.bench.measure.Billings.Days;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Side.Ended;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One client that submits a sheet and waits until it is done, again and again. */
final class LoneTasks {
  private static final Row MEDIAN =
      new Row("a single task, submit until done, p50", "ms", Peer.NAME, "≤ 1");
  private static final Row SLOWEST =
      new Row("a single task, submit until done, p99", "ms", Peer.NAME, "≤ 1");
  private static final Duration POLL = Duration.ofMillis(2);

  private LoneTasks() {}

  static void measure(Run run) {
    run.warmUp("Single tasks", side -> times(run, side));
    run.alternate(
        "Single tasks",
        side -> {
          Sample times = times(run, side);
          run.results().add(MEDIAN, side.name(), times.median());
          run.results().add(SLOWEST, side.name(), times.percentile(0.99));
        });
  }

  private static Sample times(Run run, Side side) {
    List<Double> millis = new ArrayList<>();
    Days days = Billings.SMALL;
    try (HttpConnection connection = new HttpConnection(side.address())) {
      for (int item = 0; item < run.scale().loneTasks(); item++) {
        LocalDate day = days.day(item);
        long started = System.nanoTime();
        Ended ended = side.submitAndAwait(connection, day, POLL);
        millis.add((System.nanoTime() - started) / 1e6);
        Sheets.check(side, connection, ended, run.billings().digest(days, day));
      }
    }
    return new Sample(millis);
  }
}
