package io.tallyman.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallyman.standalone.stack.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsFileTest {
  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();
  private Path current = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void make() throws IOException {
    current = Files.createDirectory(directory.resolve("current"));
    home = Files.createDirectory(directory.resolve("home"));
  }

  @Test
  void everyKindOfLineIsRead() throws IOException {
    write(
        home,
        """
        # what is set here

        TALLYMAN_WORKER_SLOTS=8
          LOG_LEVEL=DEBUG\s\s
        EMPTY=
        SINGLE='a b $c "d" # \\e'
        DOUBLE="it's # one"
        URI=amqp://me:secret@localhost:5672/%2f?a=b
        """);

    assertThat(SettingsFile.nearest(current, home, warnings::add).settings())
        .containsOnly(
            Map.entry("TALLYMAN_WORKER_SLOTS", "8"),
            Map.entry("LOG_LEVEL", "DEBUG"),
            Map.entry("EMPTY", ""),
            Map.entry("SINGLE", "a b $c \"d\" # \\e"),
            Map.entry("DOUBLE", "it's # one"),
            Map.entry("URI", "amqp://me:secret@localhost:5672/%2f?a=b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TALLYMAN_WORKER_SLOTS",
        "TALLYMAN WORKER=8",
        "TALLYMAN_WORKER_SLOTS = 8",
        "export TALLYMAN_WORKER_SLOTS=8",
        "1ST=8",
        "=8",
        "KEY=$HOME",
        "KEY=\"$HOME\"",
        "KEY=a # a comment",
        "KEY='open",
        "KEY=it's",
        "KEY=back\\slash"
      })
  void lineThatProgramsReadDifferentlyIsNamedAndItsValueIsNotShown(String line) throws IOException {
    write(home, "LOG_LEVEL=INFO\n" + line + "\n");

    assertThatThrownBy(() -> SettingsFile.nearest(current, home, warnings::add))
        .isInstanceOf(UsageError.class)
        .hasMessageStartingWith("Line 2 of %s is not NAME=value.".formatted(home.resolve(".env")))
        .hasMessageNotContaining(line)
        .message()
        .hasLineCount(1);
  }

  @Test
  void fileInTheCurrentDirectoryStandsForTheOneInTheRepository() throws IOException {
    write(current, "A=here\n");
    write(home, "A=there\nB=there\n");

    assertThat(SettingsFile.nearest(current, home, warnings::add).settings())
        .isEqualTo(Map.of("A", "here"));
  }

  @Test
  void withoutAFileNothingIsSet() {
    assertThat(SettingsFile.nearest(current, home, warnings::add).settings()).isEmpty();
  }

  @Test
  void fileThatOthersCanReadIsWarnedOf() throws IOException {
    write(home, "A=secret\n");
    Path file = home.resolve(".env");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    SettingsFile.nearest(current, home, warnings::add);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    SettingsFile.nearest(current, home, warnings::add);

    assertThat(warnings)
        .containsExactly(
            "Other users of this machine can read %s. If it has secrets, run: chmod 600 %s"
                .formatted(file, file));
  }

  @Test
  void environmentGoesBefore() throws IOException {
    write(home, "A=file\nB=file\n");

    assertThat(
            SettingsFile.nearest(current, home, warnings::add)
                .missingFrom(Map.of("A", "environment", "C", "")))
        .isEqualTo(Map.of("B", "file"));
  }

  private static void write(Path folder, String content) throws IOException {
    Files.writeString(folder.resolve(".env"), content);
  }
}
