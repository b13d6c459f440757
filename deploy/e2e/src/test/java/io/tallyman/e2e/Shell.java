package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testkit.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shell into which commands are pasted. */
enum Shell {
  BASH("bash"),
  /**
   * An interactive zsh, which treats {@code #} as a command. If {@code TALLYMAN_REQUIRE_ZSH} is
   * {@code true}, it must exist.
   */
  ZSH("zsh", "-i");

  private static final long MOST_MINUTES = 3;

  @SuppressWarnings("ImmutableEnumChecker") // it comes from List.of
  private final List<String> command;

  Shell(String... command) {
    this.command = List.of(command);
  }

  /** Skips the test if the shell is missing and not required. */
  void require() throws IOException, InterruptedException {
    String name = command.getFirst();
    new Requirement(name, "TALLYMAN_REQUIRE_ZSH")
        .check(Compose.end(List.of(name, "--version")).status() == 0);
  }

  /**
   * Runs the commands in the shell, which must report no error, and returns their output. Prompts
   * go to standard error.
   */
  String paste(String commands, Path directory) throws IOException, InterruptedException {
    File output = directory.resolve("output").toFile();
    File prompts = directory.resolve("prompts").toFile();
    Path input = Files.writeString(directory.resolve("input"), commands);
    // Empty settings, instead of the settings of the user who runs the test.
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
