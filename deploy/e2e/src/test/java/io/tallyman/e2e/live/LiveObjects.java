package io.tallyman.e2e.live;

import io.tallyman.e2e.EmbeddedStack;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects in the heap of a gateway after a garbage collection.
 *
 * @param counts the number of objects of each class
 * @param bytes the size of all objects
 */
public record LiveObjects(Map<String, Long> counts, long bytes) {
  private static final String SESSION = "io.tallyman.gateway.live.session.Session";
  private static final String FRAME = "io.tallyman.gateway.live.session.Frame";

  /** Asks the JVM of an embedded gateway, with the tool {@code jcmd} of this JDK. */
  public static LiveObjects ofGateway(TallymanStack stack) {
    long pid = ((EmbeddedStack) stack).stack().process("gateway").pid();
    Map<String, Long> counts = new HashMap<>();
    long bytes = 0;
    for (String line : histogram(pid)) {
      // Such as "   1:         35512        2301544  [B (java.base@25)"
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 3 && columns[0].matches("\\d+:")) {
        counts.put(columns[3], Long.parseLong(columns[1]));
        bytes += Long.parseLong(columns[2]);
      }
    }
    return new LiveObjects(counts, bytes);
  }

  /** Open WebSockets and SSE streams. */
  public long sessions() {
    return counts.getOrDefault(SESSION, 0L);
  }

  /** Frames that wait to be sent. */
  public long frames() {
    return counts.getOrDefault(FRAME, 0L);
  }

  private static List<String> histogram(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(output);
      }
      return output.lines().toList();
    } catch (IOException failure) {
      throw new IllegalStateException("no histogram of process " + pid, failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
