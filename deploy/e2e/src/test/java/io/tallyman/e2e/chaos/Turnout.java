package io.tallyman.e2e.chaos;

import io.tallyman.e2e.Gateway.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The answers that a crowd got. */
final class Turnout {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final ConcurrentMap<String, LongAdder> others = new ConcurrentHashMap<>();
  private final LongAccumulator longestAnswer = new LongAccumulator(Long::max, 0);
  private volatile long begun;
  private volatile long submitted;
  private volatile long ended;

  void begin() {
    begun = System.nanoTime();
  }

  void accepted() {
    accepted.increment();
    submitted = System.nanoTime();
  }

  void end() {
    ended = System.nanoTime();
  }

  /** Records that a request was answered after this time. */
  void answered(Duration time, Answer answer) {
    longestAnswer.accumulate(time.toMillis());
    if (answer.header("Idempotent-Replayed").equals("true")) {
      replayed.increment();
    }
    if (answer.status() != 202) {
      count("submit: " + answer.status() + " " + reason(answer));
    }
  }

  void waitedInVain(Answer answer) {
    count("wait: " + answer.status() + " " + reason(answer));
  }

  void lost(Throwable failure) {
    count("lost: " + failure.getMessage());
  }

  long tasks() {
    return accepted.sum();
  }

  long replays() {
    return replayed.sum();
  }

  /** The number of answers that were neither an accepted task nor its end. */
  Map<String, LongAdder> others() {
    return others;
  }

  /** The number of requests that were rejected because of too many tasks. */
  long full() {
    return others.entrySet().stream()
        .filter(other -> other.getKey().endsWith("tasks-full"))
        .mapToLong(other -> other.getValue().sum())
        .sum();
  }

  String report() {
    double submitting = (submitted - begun) / 1e9;
    double all = (ended - begun) / 1e9;
    return """
    accepted %d in %.1f s (%.0f/s), of these asked for twice %d; all ended after %.1f s (%.0f/s)
    longest answer %d ms; others %s\
    """
        .formatted(
            tasks(),
            submitting,
            tasks() / submitting,
            replays(),
            all,
            tasks() / all,
            longestAnswer.get(),
            others);
  }

  private void count(String what) {
    others.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  private static String reason(Answer answer) {
    String type = answer.body().path("type").asString("");
    return type.substring(type.lastIndexOf(':') + 1);
  }
}
