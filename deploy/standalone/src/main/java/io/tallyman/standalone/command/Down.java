package io.tallyman.standalone.command;

import io.tallyman.standalone.process.ProcessRecord;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.UsageError;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stops the stack that runs on a data directory, from another process than its launcher.
 *
 * @param training the directory in which launchers train AOT caches
 * @param patience how long the launcher may take before it is killed
 */
public record Down(
    DataDirectory directory, DataDirectory training, Duration patience, PrintStream out) {
  /** A busy machine needs a moment to remove a killed process. */
  private static final Duration KILL_TIME = Duration.ofSeconds(10);

  /**
   * Returns when everything is stopped: 0 if something was stopped, {@link Options#NOTHING_RUNS} if
   * nothing ran.
   */
  public int play() {
    Optional<ProcessRecord> launcher = directory.launcher();
    launcher.ifPresent(this::stop);
    List<String> left = directory.stopLeftovers();
    stopTraining();
    if (!left.isEmpty()) {
      out.println("Stopped what a killed launcher left running: " + String.join(", ", left) + ".");
    }
    if (launcher.isEmpty() && left.isEmpty()) {
      out.println("Nothing runs on " + directory.root() + ".");
      return Options.NOTHING_RUNS;
    }
    out.println("Everything on " + directory.root() + " is stopped.");
    return 0;
  }

  private void stop(ProcessRecord launcher) {
    out.println("Stopping the launcher, process " + launcher.pid() + " …");
    if (!launcher.process().map(ProcessHandle::destroy).orElse(true)) {
      throw new UsageError(
          "Process %d cannot be stopped. Check whether it belongs to another user."
              .formatted(launcher.pid()));
    }
    if (!launcher.awaitEnd(Instant.now().plus(patience))) {
      out.println(
          "The launcher did not stop within " + patience.toSeconds() + " s, so it is killed.");
      launcher.process().ifPresent(ProcessHandle::destroyForcibly);
      launcher.awaitEnd(Instant.now().plus(KILL_TIME));
    }
  }

  private void stopTraining() {
    try {
      training.stopLeftovers();
    } catch (UsageError e) {
      // The launcher of another data directory is training there.
    }
  }
}
