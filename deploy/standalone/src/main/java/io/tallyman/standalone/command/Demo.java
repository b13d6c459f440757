package io.tallyman.standalone.command;

import io.tallyman.standalone.client.DownloadedSheet;
import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.GatewayTask;
import io.tallyman.standalone.client.GatewayTask.ImportResult;
import io.tallyman.standalone.client.GatewayTask.SheetResult;
import io.tallyman.standalone.client.GatewayTask.Total;
import io.tallyman.standalone.client.ProgressLine;
import io.tallyman.standalone.client.TaskWatch;
import io.tallyman.standalone.sample.SampleImport;
import io.tallyman.standalone.stack.Stack;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Shows Tallyman from start to end: starts it, imports billings, makes a sheet, downloads it,
 * stops. Prints the time of each step.
 */
record Demo(Admin admin, Stack stack, PrintStream out, ProgressLine line) {
  /** A day that has sample billings. */
  static final String BILLING_DATE = "2025-03-31";

  private static final int LINES_SHOWN = 6;

  void play() {
    Stopwatch watch = Stopwatch.start();
    stack.start();
    say(watch, "Tallyman is up at " + stack.gateway() + ".");
    GatewayClient client = admin.logIn(stack.gateway());
    TaskWatch tasks = new TaskWatch(stack, client, line);
    importSamples(client, tasks);
    SheetResult sheet = makeSheet(client, tasks);
    show(sheet, download(client, sheet));
    Stopwatch stopping = Stopwatch.start();
    stack.close();
    say(stopping, "Everything is stopped.");
  }

  private void importSamples(GatewayClient client, TaskWatch tasks) {
    Stopwatch watch = Stopwatch.start();
    ImportResult result = new SampleImport(admin.directory().samples(), client, tasks).run();
    say(
        watch,
        "Sample billings: %,d rows, %,d imported, %,d refused, %,d duplicates."
            .formatted(result.rows(), result.imported(), result.refused(), result.duplicates()));
  }

  private SheetResult makeSheet(GatewayClient client, TaskWatch tasks) {
    Stopwatch watch = Stopwatch.start();
    GatewayTask accepted = client.submit("billing.sheet", Map.of("billing_date", BILLING_DATE));
    GatewayTask ended = tasks.awaitSuccess(accepted, "Making the billing sheet");
    SheetResult sheet = GatewayClient.result(ended, SheetResult.class);
    say(
        watch,
        "Billing sheet of %s: %,d rows, by task %s."
            .formatted(BILLING_DATE, sheet.rows(), ended.taskId()));
    return sheet;
  }

  private DownloadedSheet download(GatewayClient client, SheetResult sheet) {
    Stopwatch watch = Stopwatch.start();
    // Only the last part of the name, so that an answer cannot choose another folder.
    Path name = Path.of(sheet.fileName()).getFileName();
    DownloadedSheet downloaded = new DownloadedSheet(admin.directory().sheets().resolve(name));
    client.download(sheet.sheetId(), downloaded.file());
    downloaded.check(sheet);
    say(
        watch,
        "Downloaded %s: %,d bytes. The number of rows and the SHA-256 are correct."
            .formatted(downloaded.file(), sheet.bytes()));
    return downloaded;
  }

  private void show(SheetResult sheet, DownloadedSheet downloaded) {
    out.println();
    downloaded.firstLines(LINES_SHOWN).forEach(out::println);
    out.println(sheet.rows() < LINES_SHOWN ? "" : "…\n");
    for (Total total : sheet.totals()) {
      out.printf("Total %s %15s%n", total.currency(), total.payable().toPlainString());
    }
    out.println();
  }

  private void say(Stopwatch watch, String what) {
    line.end("%6.1f s  %s".formatted(watch.seconds(), what));
  }
}
