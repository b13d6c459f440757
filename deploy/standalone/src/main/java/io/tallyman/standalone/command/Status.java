package io.tallyman.standalone.command;

import io.tallyman.embedded.process.Ports;
import io.tallyman.standalone.process.ProcessRecord;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Readiness;
import io.tallyman.standalone.stack.Services;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what runs on a data directory. */
public record Status(DataDirectory directory, PrintStream out) {
  private static final String ROW = "%-16s %-10s %-30s %-8s %s%n";
  private static final int INCOMPLETE = 1;

  /**
   * Returns 0 if the stack runs and every part is ready, 1 if something is missing or not ready,
   * and {@link Options#NOTHING_RUNS} if nothing runs.
   */
  public int play() throws InterruptedException {
    Optional<ProcessRecord> launcher = directory.launcher();
    List<ProcessRecord> records = directory.processes().records();
    if (launcher.isEmpty() && records.stream().allMatch(record -> record.process().isEmpty())) {
      out.println("Nothing runs on " + directory.root() + ".");
      return Options.NOTHING_RUNS;
    }
    out.println(
        launcher
            .map(
                record ->
                    "Tallyman runs on %s since %s.".formatted(directory.root(), since(record)))
            .orElse(
                "The launcher of %s was killed. To stop the processes that it left running, run ./tallyman down."
                    .formatted(directory.root())));
    out.println();
    out.printf(ROW, "PART", "STATE", "ADDRESS", "PROCESS", "SINCE");
    // The gateway starts last: without a gateway, the stack is still starting.
    boolean complete = records.stream().anyMatch(record -> record.name().equals(Services.GATEWAY));
    for (ProcessRecord record : records) {
      String scheme = record.name().equals("postgres") ? "postgresql" : "http";
      complete &= tell(record.name(), record, scheme);
    }
    // The broker is a part of the launcher.
    complete &= launcher.isPresent() && tell("broker", launcher.orElseThrow(), "amqp");
    return complete ? 0 : INCOMPLETE;
  }

  private boolean tell(String part, ProcessRecord record, String scheme)
      throws InterruptedException {
    State state = state(record, scheme);
    out.printf(
        ROW,
        part,
        state.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        scheme + "://127.0.0.1:" + record.port(),
        record.pid(),
        since(record));
    return state == State.READY;
  }

  private static State state(ProcessRecord record, String scheme) throws InterruptedException {
    if (record.process().isEmpty()) {
      return State.ENDED;
    }
    boolean ready =
        scheme.equals("http") ? Readiness.of(record.port()) : Ports.isTaken(record.port());
    return ready ? State.READY : State.NOT_READY;
  }

  private static Instant since(ProcessRecord record) {
    return record.started().truncatedTo(ChronoUnit.SECONDS);
  }

  private enum State {
    READY,
    NOT_READY,
    ENDED
  }
}
