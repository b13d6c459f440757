package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shell into which somebody pastes commands. */
enum Shell {
  BASH("bash"),
  /**
   * As it is on a terminal: it takes {@code #} for a command. Where {@code TALLYMAN_REQUIRE_ZSH} is
   * {@code true}, it must be there.
   */
  ZSH("zsh", "-i");

  private static final long MOST_MINUTES = 3;

  @SuppressWarnings("ImmutableEnumChecker") // it comes from List.of
  private final List<String> command;

  Shell(String... command) {
    this.command = List.of(command);
  }

  /** Where it may be absent and is, the test ends as not run. */
  void require() throws IOException, InterruptedException {
    String name = command.getFirst();
    boolean there = Compose.end(List.of(name, "--version")).status() == 0;
    if (Boolean.parseBoolean(System.getenv("TALLYMAN_REQUIRE_ZSH"))) {
      assertThat(there).as(name).isTrue();
    }
    assumeTrue(there, "Not run: there is no " + name);
  }

  /**
   * Gives the commands to the shell, which must not complain of any, and answers with what they
   * print. Prompts go to the other stream.
   */
  String paste(String commands, Path directory) throws IOException, InterruptedException {
    File output = directory.resolve("output").toFile();
    File prompts = directory.resolve("prompts").toFile();
    Path input = Files.writeString(directory.resolve("input"), commands);
    // Its own settings, instead of those of whoever runs the test.
    Files.writeString(directory.resolve(".zshrc"), "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(output)
            .redirectError(prompts);
    builder.environment().put("ZDOTDIR", directory.toString());
    builder.environment().put("TERM", "dumb");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("%s ends", this).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(prompts).content().doesNotContain("zsh: ", "bash: ", "curl: ", "not found");
    assertThat(process.exitValue()).isZero();
    return Files.readString(output.toPath());
  }
}
