package io.tallyman.bench.measure;

import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.measure.Billings.Days;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Side.Ended;
import io.tallyman.bench.side.Tallyman;
import java.time.Duration;

/** The sheet of one day with very many billings. */
final class BigSheet {
  private static final String COPY = "COPY to a file";
  private static final Duration POLL = Duration.ofMillis(10);

  private BigSheet() {}

  static void measure(Run run) {
    Days days = run.billings().big();
    String work = "sheet of %,d billings".formatted(days.rows());
    Row besidePeer = new Row(work, "s", Peer.NAME, "");
    Row besideCopy = new Row(work, "s", COPY, "≤ 1.2");
    run.prepare("Big sheet", side -> seconds(run, side));
    run.alternate(
        "Big sheet",
        side -> {
          double seconds = seconds(run, side);
          run.results().add(besidePeer, side.name(), seconds);
          if (side instanceof Tallyman tallyman) {
            run.results().add(besideCopy, side.name(), seconds);
            double copied =
                Tables.copyOut(run.backing(), days.day(0), tallyman.store().resolve("copy.csv"));
            run.results().add(besideCopy, COPY, copied);
          }
        });
  }

  private static double seconds(Run run, Side side) {
    Days days = run.billings().big();
    try (HttpConnection connection = new HttpConnection(side.address())) {
      long started = System.nanoTime();
      Ended ended = side.await(connection, side.submit(connection, days.day(0)), POLL);
      double seconds = (System.nanoTime() - started) / 1e9;
      Sheets.check(side, connection, ended, run.billings().digest(days, days.day(0)));
      return seconds;
    }
  }
}
