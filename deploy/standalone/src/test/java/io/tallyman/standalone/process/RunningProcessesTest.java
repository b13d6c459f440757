package io.tallyman.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningProcessesTest {
  @TempDir private Path directory;

  @Test
  void stopsWhatStillRuns() throws IOException {
    Process left = new ProcessBuilder("sleep", "600").start();
    new RunningProcesses(directory).record("worker-1", left.toHandle(), 18_000);

    assertThat(new RunningProcesses(directory).stop()).containsExactly("worker-1");

    await().until(() -> !left.isAlive());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void killsWhatDoesNotListen() throws Exception {
    Process stubborn =
        new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done")
            .start();
    stubborn.inputReader().readLine();
    new RunningProcesses(directory).record("worker-1", stubborn.toHandle(), 18_000);

    new RunningProcesses(directory).stop();

    assertThat(stubborn.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatHasEndedDoesNotRunThoughNobodyAskedHow() throws Exception {
    Process parent =
        new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; exec sleep 601").start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
    RunningProcesses processes = new RunningProcesses(directory);
    processes.record("worker-1", child, 18_000);
    await().until(() -> parent.info().commandLine().orElse("").endsWith("sleep 601"));
    child.destroyForcibly();

    await()
        .untilAsserted(
            () ->
                assertThat(processes.records())
                    .singleElement()
                    .returns(Optional.empty(), ProcessRecord::process));
    assertThat(child.isAlive()).isTrue();
    parent.destroyForcibly();
  }

  @Test
  void sparesAProcessThatOnlyHasTheSameNumber() throws IOException {
    Process other = new ProcessBuilder("sleep", "600").start();
    Files.writeString(directory.resolve("worker-1"), other.pid() + " 1000000000000 18000");
    Files.writeString(directory.resolve("worker-2"), "half a rec");

    assertThat(new RunningProcesses(directory).stop()).isEmpty();

    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }
}
