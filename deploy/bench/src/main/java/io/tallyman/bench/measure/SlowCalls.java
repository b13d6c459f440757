package io.tallyman.bench.measure;

import io.tallyman.bench.load.Crowd;
import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import java.util.List;

/**
 * Clients that wait for an answer at the same time: for a task that does not end, and in the peer
 * for a coroutine that sleeps.
 */
final class SlowCalls {
  private static final int SECONDS = 5;
  private static final List<Integer> CLIENTS = List.of(20, 1_000, 10_000);

  private SlowCalls() {}

  static void measure(Run run) {
    for (int clients : CLIENTS) {
      Row time =
          new Row(
              "%,d calls of %d s at once, until all are answered".formatted(clients, SECONDS),
              "s",
              Peer.NAME,
              "");
      run.alternate("%,d slow calls".formatted(clients), side -> measure(run, side, clients, time));
    }
  }

  private static void measure(Run run, Side side, int clients, Row time) {
    String path = side.slowPath(SECONDS);
    long started = System.nanoTime();
    List<Boolean> answers =
        new Crowd(side.address(), clients)
            .each(clients, (connection, _) -> isAnswered(side, connection, path));
    run.results().add(time, side.name(), (System.nanoTime() - started) / 1e9);
    long failed = answers.stream().filter(answered -> !answered).count();
    if (failed > 0) {
      run.results()
          .note(
              "Of %,d slow calls at once, %,d of the %s failed."
                  .formatted(clients, failed, side.name()));
    }
  }

  private static boolean isAnswered(Side side, HttpConnection connection, String path) {
    return connection.get(path, side.slowHeaders(SECONDS)).status() == 200;
  }
}
