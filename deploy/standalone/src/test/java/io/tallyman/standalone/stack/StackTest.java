package io.tallyman.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.embedded.process.StartFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackTest {
  private static final List<String> NAMES =
      List.of("postgres", "user-service", "billing-service", "worker-1", "worker-2", "gateway");

  @TempDir private Path temporary;
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private StackOptions options;

  @BeforeEach
  void buildHome() {
    options = StackOptions.in(FakeHome.in(temporary.resolve("home")), temporary.resolve("data"));
  }

  @Test
  void startsEverythingAndLeavesNothingRunning() throws Exception {
    List<ProcessHandle> processes;
    try (Stack stack = started(options)) {
      processes = NAMES.stream().map(stack::process).toList();
      assertThat(processes).allMatch(ProcessHandle::isAlive);
      assertThat(Readiness.of(stack.gateway().getPort())).isTrue();
      DriverManager.getConnection(stack.jdbcUrl("billing")).close();
      DriverManager.getConnection(stack.jdbcUrl("users")).close();
    }

    await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(reports).isEmpty();
  }

  @Test
  void theGatewayDoesNotListenBeforeWhatItNeedsIsReady() {
    StackOptions slow =
        new StackOptions(options.home(), options.directory(), 0, 1, Map.of("FAKE_REFUSALS", "20"));

    try (Stack stack = started(slow)) {
      assertThat(stack.directory().resolve("logs/gateway.log"))
          .content()
          .startsWith("Its peer answers 200");
    }
  }

  @Test
  void servicesAnswerPlainHttpWhateverTheSettingsSay() throws Exception {
    Map<String, String> tls =
        Map.of("TALLYMAN_TLS_CERTIFICATE", "own.pem", "TALLYMAN_TLS_KEY", "own-key.pem");

    try (Stack stack = started(new StackOptions(options.home(), options.directory(), 0, 1, tls))) {
      assertThat(Readiness.of(stack.gateway().getPort())).isTrue();
    }
  }

  @Test
  void startsAgainWhatIsKilled() {
    try (Stack stack = started(options)) {
      for (String name : List.of("worker-1", "postgres")) {
        ProcessHandle killed = stack.process(name);

        stack.kill(name);

        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> !stack.process(name).equals(killed) && stack.process(name).isAlive());
      }
      assertThat(reports)
          .anyMatch(
              report ->
                  report.startsWith("worker-1 ended unexpectedly") && report.contains("Ready as "))
          .anyMatch(report -> report.startsWith("postgres ended unexpectedly"));
    }
  }

  @Test
  void saysWhichServiceEndedWhileItStartedAndStopsTheOthers() throws IOException {
    StackOptions failing =
        new StackOptions(options.home(), options.directory(), 0, 1, Map.of("FAKE_END", "true"));

    assertThatThrownBy(() -> started(failing))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("FAKE_END was set, so this ends.");

    try (Stream<Path> records = Files.list(options.directory().resolve("run"))) {
      assertThat(records).isEmpty();
    }
    assertThat(options.directory().resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      StackOptions clashing =
          new StackOptions(options.home(), options.directory(), taken.getLocalPort(), 1, Map.of());

      assertThatThrownBy(() -> started(clashing))
          .isInstanceOf(UsageError.class)
          .hasMessage(
              "Port " + taken.getLocalPort() + " is taken. Choose another port with --port.");

      assertThat(options.directory().resolve("postgres")).doesNotExist();
    }
  }

  @Test
  void twoStacksDoNotShareADirectory() {
    try (Stack stack = started(options)) {
      assertThatThrownBy(() -> started(options))
          .isInstanceOf(UsageError.class)
          .hasMessageStartingWith("Tallyman already runs on " + options.directory());

      assertThat(stack.process("gateway").isAlive()).isTrue();
    }
  }

  private Stack started(StackOptions options) {
    Stack stack = new Stack(options, reports::add);
    stack.claim();
    stack.start();
    return stack;
  }
}
