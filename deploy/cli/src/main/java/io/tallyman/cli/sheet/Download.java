package io.tallyman.cli.sheet;

import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.terminal.Amount;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * Downloads sheets. A sheet is first written next to its place, under another name. It comes to its
 * place when its size and its SHA-256 are those of the manifest. So the file is complete or absent,
 * and so is what is written to standard output.
 */
final class Download {
  private static final int MOST_FAILURES = 5;
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(1);
  private static final int BUFFER = 64 * 1024;

  private final Gateway gateway;
  private final Screen screen;

  Download(Gateway gateway, Screen screen) {
    this.gateway = gateway;
    this.screen = screen;
  }

  /** Writes a sheet to a file, which is replaced if it exists and that is allowed. */
  void toFile(String sheetId, Path file, boolean replace) {
    Path partial =
        file.resolveSibling(
            ".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      fetch(sheetId, partial);
      if (replace) {
        Files.move(
            partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(partial, file);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(ExitCode.USAGE, OutputOptions.exists(file));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_FILE, "%s cannot be written: %s".formatted(file, e.getMessage()));
    } finally {
      delete(partial);
    }
  }

  void toStandardOutput(String sheetId) {
    Path partial = temporary();
    try {
      fetch(sheetId, partial);
      Files.copy(partial, screen.out());
      if (screen.out().checkError()) {
        throw new IOException("standard output is closed");
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_FILE, "The sheet cannot be written: " + e.getMessage());
    } finally {
      delete(partial);
    }
  }

  private void fetch(String sheetId, Path partial) throws IOException {
    partial.toFile().deleteOnExit(); // if Ctrl-C ends the download
    JsonNode manifest = gateway.get("sheets/" + Gateway.encoded(sheetId));
    MessageDigest digest = sha256();
    long size = manifest.path("bytes").asLong();
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      fetch(sheetId, size, channel, digest);
      channel.force(true);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    String promised = manifest.path("sha256").asString("");
    if (!found.equals(promised)) {
      throw new CommandFailure(
          ExitCode.BAD_FILE,
          "The downloaded sheet has the SHA-256 %s, but %s was promised. It was deleted."
              .formatted(found, promised));
    }
  }

  /** A lost connection is continued where it broke. */
  private void fetch(String sheetId, long size, FileChannel channel, MessageDigest digest)
      throws IOException {
    int failures = 0;
    while (channel.position() < size) {
      try (InputStream content = gateway.content(sheetId, channel.position())) {
        copy(content, size, channel, digest);
      }
      if (channel.position() < size) {
        if (++failures > MOST_FAILURES) {
          throw new IOException("the connection broke %d times".formatted(failures));
        }
        gateway.pause(BETWEEN_FAILURES);
      }
    }
  }

  private void copy(InputStream content, long size, FileChannel channel, MessageDigest digest)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int read = read(content, buffer);
      if (read < 0) {
        return;
      }
      digest.update(buffer, 0, read);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      long done = channel.position();
      screen.progress(
          "downloading",
          "downloading %s, %s of %s"
              .formatted(Amount.bar(done, size), Amount.bytes(done), Amount.bytes(size)));
    }
  }

  /** Returns -1 at the end, and also if the connection is lost. */
  private static int read(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException lost) {
      return -1;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("tallyman-", ".csv.part");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_FILE, "There is no place for a temporary file: " + e.getMessage());
    }
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // It is deleted when the process ends.
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
