package io.tallyman.bench.measure;

import io.tallyman.bench.measure.Burst.Outcome;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;

/** Many small sheets at once. Accepts and ends are counted in the same burst. */
final class SmallSheets {
  private static final int CLIENTS = 32;
  private static final int FEW_CLIENTS = 4;
  private static final Row ENDED =
      new Row("10-row sheets until all are done, 32 clients", "tasks/s", Peer.NAME, "≥ 3");
  private static final Row ACCEPTED =
      new Row("accepted while workers work, in the same run", "tasks/s", Peer.NAME, "≥ 2");
  private static final Row ENDED_MEANWHILE = new Row("done meanwhile", "tasks/s", Peer.NAME, "");

  private SmallSheets() {}

  static void measure(Run run) {
    Burst burst = new Burst(run.billings(), Billings.SMALL, run.scale().tasks(), CLIENTS);
    run.prepare("Small sheets", side -> burst.by(FEW_CLIENTS).on(side, run.processes(side)));
    run.warmUp("Small sheets", side -> burst.on(side, run.processes(side)));
    run.alternate(
        "Small sheets",
        side -> {
          Outcome outcome = burst.on(side, run.processes(side));
          run.results().add(ENDED, side.name(), outcome.tasksPerSecond());
          run.results().add(ACCEPTED, side.name(), outcome.acceptsPerSecond());
          run.results().add(ENDED_MEANWHILE, side.name(), outcome.endsPerSecond());
          outcome
              .cpuMillis()
              .forEach((part, millis) -> run.results().addCpu(side.name(), part, millis));
        });
  }
}
