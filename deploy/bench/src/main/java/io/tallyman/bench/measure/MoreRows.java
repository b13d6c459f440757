package io.tallyman.bench.measure;

import io.tallyman.bench.measure.Billings.Days;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import java.util.List;

/** Sheets with ten times and with hundred times the rows. */
final class MoreRows {
  private static final int CLIENTS = 32;

  private MoreRows() {}

  static void measure(Run run) {
    for (Days days : List.of(Billings.SMALL, Billings.HUNDRED, Billings.THOUSAND)) {
      int tasks = days.rows() > 100 ? run.scale().tasks() / 5 : run.scale().tasks();
      Burst burst = new Burst(run.billings(), days, tasks, CLIENTS);
      Row row =
          new Row(
              "time for each row in sheets of %,d rows".formatted(days.rows()),
              "µs",
              Peer.NAME,
              "");
      run.alternate(
          "Sheets of %,d rows".formatted(days.rows()),
          side -> {
            double rate = burst.on(side, run.processes(side)).tasksPerSecond();
            run.results().add(row, side.name(), 1e6 / (rate * days.rows()));
          });
    }
  }
}
