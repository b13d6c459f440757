package io.tallyman.bench.report;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when a run took place.
 *
 * @param load the number of processes that wanted to run in the last minute, before the run
 */
public record Machine(int cores, String system, String java, Instant time, double load) {
  public static Machine current() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  String describe() {
    return "%s: %d cores, %s, Java %s, load %.1f before the run"
        .formatted(time, cores, system, java, load);
  }
}
