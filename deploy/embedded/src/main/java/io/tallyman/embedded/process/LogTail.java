package io.tallyman.embedded.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The last lines of a log, which should show why a service stopped. */
public final class LogTail {
  private static final int LINES = 20;
  private static final int BYTES = 16 * 1024;

  private LogTail() {}

  /** At most 20 lines, joined by line feeds, or a note that there is no log. */
  public static String of(Path log) {
    if (!Files.isReadable(log)) {
      return "(there is no log in " + log + ")";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - BYTES);
      file.seek(start);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  /** The sentence, followed by the end of the log. */
  public static String explaining(String sentence, Path log) {
    return "%s The end of its log, %s:%n%s".formatted(sentence, log, of(log));
  }

  public static boolean mentions(Path log, String word) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.contains(word));
    } catch (IOException e) {
      return false;
    }
  }
}
