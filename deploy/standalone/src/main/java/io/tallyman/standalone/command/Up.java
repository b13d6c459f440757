package io.tallyman.standalone.command;

import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.GatewayTask.ImportResult;
import io.tallyman.standalone.client.ProgressLine;
import io.tallyman.standalone.client.TaskWatch;
import io.tallyman.standalone.sample.SampleBillings;
import io.tallyman.standalone.sample.SampleImport;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Stack;
import java.io.PrintStream;

/** Starts the stack and tells how to use it. */
record Up(
    DataDirectory directory, Stack stack, boolean samples, PrintStream out, ProgressLine line) {

  void play() {
    Stopwatch watch = Stopwatch.start();
    stack.start();
    line.end("Tallyman is up after %.1f s.".formatted(watch.seconds()));
    if (samples) {
      loadSamples();
    }
    out.printf(
        """

        Gateway    %1$s
        Readiness  %1$s/health/readiness
        Logs       %2$s
        """,
        stack.gateway(), directory.logs());
    if (samples) {
      out.printf(
          """

          The sample billings are of %1$s to %2$s. To make a sheet of one day:
            curl -i %3$s/api/v1/tasks -H 'Content-Type: application/json' \\
              -d '{"task": "billing.sheet", "parameters": {"billing_date": "2025-03-31"}}'
          """,
          SampleBillings.FIRST_DAY, SampleBillings.LAST_DAY, stack.gateway());
    }
    out.printf("%nCtrl-C or ./tallyman down stops everything.%n");
  }

  private void loadSamples() {
    GatewayClient client = new GatewayClient(stack.gateway());
    SampleImport samples =
        new SampleImport(directory.samples(), client, new TaskWatch(stack, client, line));
    if (samples.isDone()) {
      return;
    }
    Stopwatch watch = Stopwatch.start();
    ImportResult result = samples.run();
    line.end("Loaded %,d sample billings in %.1f s.".formatted(result.imported(), watch.seconds()));
  }
}
