package io.tallyman.cli.sheet;

import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a sheet is written. */
public final class OutputOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file of the sheet, or its directory; - is standard output.")
  private @Nullable String output;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  public boolean isGiven() {
    return output != null;
  }

  public boolean isStandardOutput() {
    return STANDARD_OUTPUT.equals(output);
  }

  /**
   * @throws CommandFailure if the file exists and may not be replaced, or has no directory
   */
  public void check() {
    if (output != null && !isStandardOutput()) {
      Path file = Path.of(output);
      if (!Files.isDirectory(file)) {
        check(file);
      }
    }
  }

  /**
   * Downloads a sheet.
   *
   * @param fileName the name in the manifest, for the case that no file is named
   * @return the file; null if it is standard output
   */
  public @Nullable Path download(Gateway gateway, Screen screen, String sheetId, String fileName) {
    Download download = new Download(gateway, screen);
    if (isStandardOutput()) {
      download.toStandardOutput(sheetId);
      return null;
    }
    Path file = file(fileName);
    check(file);
    download.toFile(sheetId, file, force);
    return file;
  }

  /** Only the last part of the name in the manifest, so that it cannot choose a directory. */
  private Path file(String fileName) {
    Path named = Path.of(output == null ? "" : output);
    boolean inDirectory = output == null || Files.isDirectory(named);
    return inDirectory ? named.resolve(Path.of(fileName).getFileName()) : named;
  }

  private void check(Path file) {
    if (Files.exists(file) && !force) {
      throw new CommandFailure(ExitCode.USAGE, exists(file));
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s cannot be written: there is no such directory.".formatted(file));
    }
  }

  static String exists(Path file) {
    return "%s exists. Name another file with -o, or replace it with --force.".formatted(file);
  }
}
