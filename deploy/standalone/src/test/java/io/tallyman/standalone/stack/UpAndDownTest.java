package io.tallyman.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.embedded.process.Ports;
import io.tallyman.standalone.Standalone;
import io.tallyman.standalone.command.Down;
import io.tallyman.standalone.command.Options;
import io.tallyman.standalone.command.Status;
import io.tallyman.standalone.process.ProcessRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers in separate processes, as {@code ./tallyman} starts them. */
final class UpAndDownTest {
  private static final List<String> NAMES =
      List.of("billing-service", "gateway", "postgres", "user-service", "worker-1");

  @TempDir private Path temporary;
  private final List<Process> launchers = new ArrayList<>();
  private Path home;
  private DataDirectory directory;

  @BeforeEach
  void buildHome() throws IOException {
    home = FakeHome.in(temporary.resolve("home"));
    // A file with the name of the directory for AOT caches, so that no launcher trains a cache.
    Files.writeString(Files.createDirectories(home.resolve("target")).resolve("aot"), "");
    directory = new DataDirectory(temporary.resolve("data"));
  }

  @AfterEach
  void stopAll() {
    launchers.forEach(Process::destroyForcibly);
    down(Duration.ZERO);
  }

  @Test
  void whatIsUpIsShownAndStopped() throws Exception {
    Process launcher = up();
    List<ProcessRecord> processes = directory.processes().records();
    assertThat(output(launcher))
        .containsPattern("API +http://127\\.0\\.0\\.1:[0-9]+/docs ")
        .endsWith("press Ctrl-C here, or run ./tallyman down in another shell.\n");

    Answer status = status();
    assertThat(status.code()).isZero();
    assertThat(status.text())
        .startsWith("Tallyman runs on " + directory.root() + " since ")
        .contains(NAMES)
        .containsPattern("gateway +ready +http://127\\.0\\.0\\.1:[0-9]+ +[0-9]+ +[0-9T:-]+Z\n")
        .containsPattern("broker +ready +amqp://127\\.0\\.0\\.1:[0-9]+ +" + launcher.pid())
        .doesNotContain("not ready", "ended");

    Answer down = down(Duration.ofMinutes(1));
    assertThat(down.code()).isZero();
    assertThat(down.text())
        .startsWith("Stopping the launcher, process " + launcher.pid())
        .endsWith("Everything on " + directory.root() + " is stopped.\n")
        .doesNotContain("killed");
    assertThat(processes).hasSize(NAMES.size()).allMatch(process -> process.process().isEmpty());
    assertThat(launcher.waitFor()).isZero();

    assertNothingRuns();
  }

  @Test
  void passwordOfTheFirstAdminIsPrintedOnceAndKeptForItsOwner() throws Exception {
    Process first = up();
    Path kept = directory.adminPasswordFile();
    String password = Files.readString(kept);
    assertThat(password).matches("[0-9a-f]{48}");
    assertThat(output(first)).containsOnlyOnce(password).contains(kept.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    down(Duration.ofMinutes(1));

    Process second = up();

    assertThat(Files.readString(kept)).isEqualTo(password);
    assertThat(output(second)).doesNotContain(password);
  }

  @Test
  void aSecondLauncherSaysThatOneRuns() throws Exception {
    Process first = up();

    Process second = launch("up", "--port", Integer.toString(Ports.free()));

    assertThat(second.waitFor()).isEqualTo(2);
    assertThat(output(second))
        .contains("tallyman: Tallyman already runs on " + directory.root())
        .contains("as process " + first.pid() + ".");
    assertThat(status().code()).isZero();
  }

  @Test
  void whatAKilledLauncherLeftIsShownAndStopped() throws Exception {
    Process launcher = up();
    List<ProcessRecord> processes = directory.processes().records();
    launcher.destroyForcibly().waitFor();

    Answer status = status();
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.text())
        .startsWith("The launcher of " + directory.root() + " was killed.")
        .contains(NAMES);

    Answer down = down(Duration.ofMinutes(1));
    assertThat(down.code()).isZero();
    assertThat(down.text())
        .startsWith("Stopped what a killed launcher left running: " + String.join(", ", NAMES));
    assertThat(processes).hasSize(NAMES.size()).allMatch(process -> process.process().isEmpty());

    assertNothingRuns();
  }

  @Test
  void aLauncherThatDoesNotStopIsKilled() throws Exception {
    Process launcher = up();
    new ProcessBuilder("kill", "-STOP", Long.toString(launcher.pid())).start().waitFor();

    Answer down = down(Duration.ZERO);

    assertThat(down.code()).isZero();
    assertThat(down.text())
        .contains("The launcher did not stop within 0 s, so it is killed.")
        .contains("Stopped what a killed launcher left running: ");
    assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertNothingRuns();
  }

  @Test
  void whatIsStillStartingIsNotReady() throws Exception {
    try (FileChannel claim = directory.claim()) {
      directory.recordLauncher(0);

      assertThat(claim.isOpen()).isTrue();
      assertThat(status().code()).isEqualTo(1);
    } finally {
      directory.forgetLauncher();
    }
  }

  @Test
  void staleRecordsAreNoReasonToStopOthers() throws Exception {
    directory.claim().close();
    Process other = new ProcessBuilder("sleep", "600").start();
    launchers.add(other);
    for (String file : List.of("launcher", "run/gateway")) {
      Files.writeString(directory.root().resolve(file), other.pid() + " 1000000000000 18000");
    }

    assertNothingRuns();

    assertThat(other.isAlive()).isTrue();
    assertThat(directory.root().resolve("launcher")).doesNotExist();
    assertThat(directory.root().resolve("run")).isEmptyDirectory();
  }

  @Test
  void nothingIsMadeWhereNothingWas() throws Exception {
    assertNothingRuns();

    assertThat(directory.root()).doesNotExist();
  }

  private void assertNothingRuns() throws InterruptedException {
    String nothing = "Nothing runs on " + directory.root() + ".\n";
    assertThat(status()).isEqualTo(new Answer(Options.NOTHING_RUNS, nothing));
    assertThat(down(Duration.ofMinutes(1))).isEqualTo(new Answer(Options.NOTHING_RUNS, nothing));
  }

  /** Returns when everything is up. */
  private Process up() throws IOException {
    Process launcher =
        launch("up", "--no-samples", "--workers", "1", "--port", Integer.toString(Ports.free()));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !launcher.isAlive() || output(launcher).contains("To stop everything"));
    assertThat(launcher.isAlive()).as(output(launcher)).isTrue();
    return launcher;
  }

  private Process launch(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dtallyman.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", directory.root().toString()));
    Process launcher =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log(launchers.size()).toFile())
            .start();
    launchers.add(launcher);
    return launcher;
  }

  private String output(Process launcher) throws IOException {
    return Files.readString(log(launchers.indexOf(launcher)));
  }

  private Path log(int number) {
    return temporary.resolve("launcher-" + number + ".log");
  }

  private Answer status() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = new Status(directory, print(out)).play();
    return new Answer(code, out.toString(StandardCharsets.UTF_8));
  }

  private Answer down(Duration patience) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = new Down(directory, AotTraining.directory(home), patience, print(out)).play();
    return new Answer(code, out.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private record Answer(int code, String text) {}
}
