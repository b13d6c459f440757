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
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the stack and prints how to use it. */
record Up(Admin admin, Stack stack, boolean samples, PrintStream out, ProgressLine line) {

  void play() {
    DataDirectory directory = admin.directory();
    Stopwatch watch = Stopwatch.start();
    boolean knowsPassword = Files.exists(directory.adminPasswordFile());
    stack.start();
    line.end("Tallyman is up after %.1f s.".formatted(watch.seconds()));
    if (samples) {
      loadSamples();
    }
    if (!knowsPassword && Files.exists(directory.adminPasswordFile())) {
      out.printf(
          """

          The first admin can log in as %s with the password %s
          It is printed only now, and kept in %s
          """,
          Admin.USERNAME, directory.adminPassword(), directory.adminPasswordFile());
    }
    out.printf(
        """

        Dashboard  %1$s
        API        %1$s/docs (a page to read it and to try it)
        Problems   %1$s/docs/problems
        Readiness  %1$s/health/readiness
        Logs       %2$s
        """,
        stack.gateway(), directory.logs());
    if (samples) {
      out.printf(
          """

          The sample billings are from %1$s to %2$s. This command requests a sheet of one day:
            curl -i %3$s/api/v1/tasks -H "Authorization: Bearer $(./tallyman token)" \\
              -H 'Content-Type: application/json' \\
              -d '{"task": "billing.sheet", "parameters": {"billing_date": "%4$s"}}'
          """,
          SampleBillings.FIRST_DAY, SampleBillings.LAST_DAY, stack.gateway(), Demo.BILLING_DATE);
    }
    out.printf(
        "%nTo stop everything, press Ctrl-C here, or run ./tallyman down in another shell.%n");
  }

  private void loadSamples() {
    Path directory = admin.directory().samples();
    if (SampleImport.isDone(directory)) {
      return;
    }
    Stopwatch watch = Stopwatch.start();
    GatewayClient client = admin.logIn(stack.gateway());
    TaskWatch tasks = new TaskWatch(stack, client, line);
    ImportResult result = new SampleImport(directory, client, tasks).run();
    line.end("Loaded %,d sample billings in %.1f s.".formatted(result.imported(), watch.seconds()));
  }
}
