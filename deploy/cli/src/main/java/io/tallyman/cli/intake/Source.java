package io.tallyman.cli.intake;

import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.terminal.Amount;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A file to import, plain or gzip. */
public final class Source {
  /** A MiB is inspected. One byte more says that the file goes on. */
  private static final int INSPECTED = (1 << 20) + 1;

  private final Path file;
  private final byte[] beginning;

  private Source(Path file, byte[] beginning) {
    this.file = file;
    this.beginning = beginning;
  }

  public static Source open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(ExitCode.USAGE, file + " is not a file.");
    }
    try (InputStream content = Files.newInputStream(file)) {
      return new Source(file, content.readNBytes(INSPECTED));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What is found in the beginning of the file. */
  public JsonNode inspect(Gateway gateway, Map<String, String> query) {
    return gateway.inspect("imports/inspect" + Gateway.query(query), beginning, isGzip());
  }

  /** Sends the whole file, and shows how much of it was sent. */
  public JsonNode upload(Gateway gateway, Map<String, String> query, Screen screen) {
    try {
      long size = Math.max(1, Files.size(file));
      return gateway.upload(
          "imports" + Gateway.query(query),
          file,
          isGzip(),
          sent ->
              screen.progress(
                  "uploading",
                  "uploading %s, %s of %s"
                      .formatted(Amount.bar(sent, size), Amount.bytes(sent), Amount.bytes(size))));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private boolean isGzip() {
    return beginning.length > 1 && beginning[0] == 0x1f && beginning[1] == (byte) 0x8b;
  }

  private static CommandFailure unreadable(Path file, IOException e) {
    return new CommandFailure(
        ExitCode.BAD_FILE, "%s cannot be read: %s".formatted(file, e.getMessage()));
  }
}
