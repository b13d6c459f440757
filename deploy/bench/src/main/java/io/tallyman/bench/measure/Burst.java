package io.tallyman.bench.measure;

import io.tallyman.bench.load.Crowd;
import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.measure.Billings.Days;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Side.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Many sheets of single days, which some clients submit as fast as they are accepted. The clock
 * stops when the last task has ended, by the time that the system itself reports. Then every sheet
 * is downloaded and its digest is checked.
 */
record Burst(Billings billings, Days days, int tasks, int clients) {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * @param tasksPerSecond from the first request until all tasks have ended
   * @param acceptsPerSecond until the last task was accepted
   * @param endsPerSecond the tasks that ended while others were accepted
   * @param cpuMillis the CPU time of each part for each task
   */
  record Outcome(
      double tasksPerSecond,
      double acceptsPerSecond,
      double endsPerSecond,
      Map<String, Double> cpuMillis) {}

  Burst by(int otherClients) {
    return new Burst(billings, days, tasks, otherClients);
  }

  private record Accepted(String task, int item, Instant at) {}

  /**
   * @param processes whose CPU time is measured
   */
  Outcome on(Side side, Map<String, ProcessHandle> processes) {
    return on(side, side::submit, processes);
  }

  /** A request that submits the sheet of a day. */
  interface Submission {
    String of(HttpConnection connection, LocalDate day);
  }

  Outcome on(Side side, Submission submission, Map<String, ProcessHandle> processes) {
    Crowd crowd = new Crowd(side.address(), clients);
    CpuTimes before = CpuTimes.of(processes);
    Instant started = Instant.now();
    List<Accepted> accepted =
        crowd.each(
            tasks,
            (connection, item) ->
                new Accepted(submission.of(connection, days.day(item)), item, Instant.now()));
    Instant allAccepted = Instant.now();
    awaitLast(side, accepted);
    CpuTimes used = CpuTimes.of(processes).since(before);
    List<Instant> ends =
        crowd.each(tasks, (connection, item) -> check(side, connection, accepted.get(item)));
    Instant last = ends.stream().max(Instant::compareTo).orElseThrow();
    long endedMeanwhile = ends.stream().filter(end -> end.isBefore(allAccepted)).count();
    return new Outcome(
        tasks / seconds(started, last),
        tasks / seconds(started, allAccepted),
        endedMeanwhile / seconds(started, allAccepted),
        used.perTask(tasks));
  }

  /** One client waits for the newest tasks, so that reading results costs the systems little. */
  private void awaitLast(Side side, List<Accepted> accepted) {
    try (HttpConnection connection = new HttpConnection(side.address())) {
      accepted.stream()
          .sorted((one, other) -> other.at().compareTo(one.at()))
          .limit(clients)
          .forEach(task -> side.await(connection, task.task(), PAUSE));
    }
  }

  /** The time when the task has ended. */
  private Instant check(Side side, HttpConnection connection, Accepted accepted) {
    Ended ended = side.await(connection, accepted.task(), PAUSE);
    Sheets.check(side, connection, ended, billings.digest(days, days.day(accepted.item())));
    return ended.done();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
