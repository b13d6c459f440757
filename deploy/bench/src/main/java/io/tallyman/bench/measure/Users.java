package io.tallyman.bench.measure;

import io.tallyman.bench.load.Crowd;
import io.tallyman.bench.load.Sample;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import java.util.List;

/** Requests that one service passes on to another, which reads one row. */
final class Users {
  private static final int CLIENTS = 64;
  private static final Row RATE =
      new Row("gateway → user-service, 64 clients", "requests/s", Peer.NAME, "≥ 10");
  private static final Row SLOWEST =
      new Row("gateway → user-service, 64 clients, p99", "ms", Peer.NAME, "≤ 0.1");

  private Users() {}

  static void measure(Run run) {
    run.warmUp("Users", side -> requests(run, side));
    run.alternate(
        "Users",
        side -> {
          long started = System.nanoTime();
          Sample times = requests(run, side);
          double seconds = (System.nanoTime() - started) / 1e9;
          run.results().add(RATE, side.name(), run.scale().requests() / seconds);
          run.results().add(SLOWEST, side.name(), times.percentile(0.99));
        });
  }

  private static Sample requests(Run run, Side side) {
    List<Double> millis =
        new Crowd(side.address(), CLIENTS)
            .each(
                run.scale().requests(),
                (connection, item) -> {
                  long started = System.nanoTime();
                  side.user(connection, Billings.user(item));
                  return (System.nanoTime() - started) / 1e6;
                });
    return new Sample(millis);
  }
}
