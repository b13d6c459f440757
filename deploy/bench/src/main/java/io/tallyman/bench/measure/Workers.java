package io.tallyman.bench.measure;

import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import java.util.List;

/** Small sheets with other numbers of workers. */
final class Workers {
  private static final int CLIENTS = 32;
  private static final List<Integer> NUMBERS = List.of(1, 2, 4);

  private Workers() {}

  static void measure(Run run) {
    Burst burst = new Burst(run.billings(), Billings.SMALL, run.scale().tasks(), CLIENTS);
    for (int workers : NUMBERS) {
      Row row = new Row("10-row sheets, workers: " + workers, "tasks/s", Peer.NAME, "");
      String what = "Small sheets, workers: " + workers;
      run.prepare(
          what,
          side -> {
            side.setWorkers(workers);
            burst.on(side, run.processes(side));
          });
      run.alternate(
          what,
          side ->
              run.results()
                  .add(row, side.name(), burst.on(side, run.processes(side)).tasksPerSecond()));
    }
    run.prepare("Usual number of workers", side -> side.setWorkers(run.workers()));
  }
}
