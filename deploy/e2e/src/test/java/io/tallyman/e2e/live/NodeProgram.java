package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.TallymanStack;
import io.tallyman.testkit.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in JavaScript that uses the module of a gateway. */
final class NodeProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private NodeProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Skips the test if there is no Node.js and it is not required. */
  static void require() throws IOException, InterruptedException {
    boolean there;
    try {
      there = new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      there = false;
    }
    new Requirement("Node.js", "TALLYMAN_REQUIRE_NODE").check(there);
  }

  /**
   * Starts a program. {@code ./tallyman-tasks.js} is the module that the gateway serves. The
   * variable {@code TALLYMAN_TOKEN} has an access token of an admin.
   *
   * @param directory an empty directory
   */
  static NodeProgram start(
      Path directory, TallymanStack stack, String program, List<String> arguments)
      throws IOException {
    Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
    Files.writeString(directory.resolve("program.js"), program);
    try (var module = stack.gateway().resolve("/tallyman-tasks.js").toURL().openStream()) {
      Files.copy(module, directory.resolve("tallyman-tasks.js"));
    }
    Path output = directory.resolve("output");
    // Node.js 22 has WebSocket without this option.
    List<String> command =
        new ArrayList<>(List.of("node", "--experimental-websocket", "program.js"));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().put("TALLYMAN_TOKEN", stack.token("admin"));
    return new NodeProgram(process.start(), output);
  }

  /** Everything that it has printed until now. */
  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void awaitPrinted(String text) {
    await(text)
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(process.isAlive() || printed().contains(text)).as(printed()).isTrue();
              return printed().contains(text);
            });
  }

  /** Waits for its success, and returns the lines that it has printed. */
  List<String> awaitEnd() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("it ends; it printed %s", printed()).isTrue();
    assertThat(process.exitValue()).as(printed()).isZero();
    return printed().lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
