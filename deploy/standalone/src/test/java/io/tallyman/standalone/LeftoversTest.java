package io.tallyman.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  @TempDir private Path directory;

  @Test
  void stopsWhatStillRuns() throws IOException {
    Process left = new ProcessBuilder("sleep", "600").start();
    new Leftovers(directory).record("worker-1", left.toHandle());

    assertThat(new Leftovers(directory).stop()).containsExactly("worker-1");

    await().until(() -> !left.isAlive());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void killsWhatDoesNotListen() throws Exception {
    Process stubborn =
        new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done")
            .start();
    stubborn.inputReader().readLine();
    new Leftovers(directory).record("worker-1", stubborn.toHandle());

    new Leftovers(directory).stop();

    assertThat(stubborn.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sparesAProcessThatOnlyHasTheSameNumber() throws IOException {
    Process other = new ProcessBuilder("sleep", "600").start();
    Files.writeString(directory.resolve("worker-1"), other.pid() + " 1000000000000");
    Files.writeString(directory.resolve("worker-2"), "half a rec");

    assertThat(new Leftovers(directory).stop()).isEmpty();

    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }
}
