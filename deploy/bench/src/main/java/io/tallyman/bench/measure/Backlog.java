package io.tallyman.bench.measure;

import io.tallyman.bench.load.Crowd;
import io.tallyman.bench.measure.Burst.Outcome;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Tallyman;
import java.util.List;

/**
 * Urgent sheets while very many other tasks wait. The peer is not measured: its queue has no
 * priority, and its workers keep all tasks with an eta in memory.
 */
final class Backlog {
  private static final int CLIENTS = 32;
  private static final String EMPTY = "empty queue";
  private static final String URGENT = "\"priority\":9,";

  private Backlog() {}

  static void measure(Run run) {
    int backlog = run.scale().backlog();
    compare(run, "with %,d tasks waiting".formatted(backlog), "\"priority\":0,");
    compare(
        run,
        "with %,d tasks with a far eta".formatted(backlog),
        "\"priority\":9,\"eta\":\"%s\",".formatted(Tallyman.later()));
  }

  /** Alternates between an empty queue and a full one. */
  private static void compare(Run run, String condition, String more) {
    Row ended = new Row("10-row sheets " + condition, "tasks/s", EMPTY, "≥ 0.8");
    Row accepted = new Row("accepted " + condition, "tasks/s", EMPTY, "≥ 0.8");
    for (int round = 1; round <= (run.scale().rounds() + 1) / 2; round++) {
      run.progress().accept("Sheets %s, round %d".formatted(condition, round));
      Outcome empty = burst(run);
      List<String> groups = fill(run, more);
      Outcome full = burst(run);
      cancel(run, groups);
      run.results().add(ended, Tallyman.NAME, full.tasksPerSecond());
      run.results().add(ended, EMPTY, empty.tasksPerSecond());
      run.results().add(accepted, Tallyman.NAME, full.acceptsPerSecond());
      run.results().add(accepted, EMPTY, empty.acceptsPerSecond());
    }
  }

  private static Outcome burst(Run run) {
    Tallyman tallyman = run.tallyman();
    return new Burst(run.billings(), Billings.SMALL, run.scale().tasks(), CLIENTS)
        .on(
            tallyman,
            (connection, day) -> tallyman.submit(connection, URGENT, day),
            run.processes(tallyman));
  }

  /** Returns the ids of the groups. */
  private static List<String> fill(Run run, String more) {
    int groups = run.scale().backlog() / Tallyman.GROUP;
    return new Crowd(run.tallyman().address(), 4)
        .each(
            groups,
            (connection, item) ->
                run.tallyman().submitGroup(connection, more, Billings.SMALL.day(item)));
  }

  private static void cancel(Run run, List<String> groups) {
    new Crowd(run.tallyman().address(), 4)
        .each(
            groups.size(),
            (connection, item) -> {
              run.tallyman().cancelGroup(connection, groups.get(item));
              return item;
            });
  }
}
