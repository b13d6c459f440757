package io.tallyman.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time in seconds that each part has used, by its name. Empty where there is no {@code
 * /proc}.
 */
record CpuTimes(Map<String, Double> seconds) {
  static final String GENERATOR = "load generator";

  private static final Path PROC = Path.of("/proc");
  // The unit of /proc/PID/stat on every Linux.
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /**
   * Of these processes with all their descendants, also those that have ended, and of this process
   * alone.
   */
  static CpuTimes of(Map<String, ProcessHandle> parts) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    if (Files.exists(PROC.resolve("self/stat"))) {
      parts.forEach((name, process) -> seconds.put(name, ofTree(process)));
      seconds.put(GENERATOR, of(ProcessHandle.current(), USER, SYSTEM));
    }
    return new CpuTimes(seconds);
  }

  CpuTimes since(CpuTimes earlier) {
    Map<String, Double> used = new LinkedHashMap<>();
    seconds.forEach((name, now) -> used.put(name, now - earlier.seconds.getOrDefault(name, 0.0)));
    return new CpuTimes(used);
  }

  /** In ms. */
  Map<String, Double> perTask(int tasks) {
    Map<String, Double> millis = new LinkedHashMap<>();
    seconds.forEach((name, used) -> millis.put(name, 1_000 * used / tasks));
    return millis;
  }

  private static double ofTree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToDouble(process -> of(process, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM))
        .sum();
  }

  private static double of(ProcessHandle process, int... fields) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("stat"));
      // The name of the program is in parentheses and may contain spaces.
      String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field : fields) {
        ticks += Long.parseLong(numbers[field]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0; // It has ended, and its parent has its time.
    }
  }
}
