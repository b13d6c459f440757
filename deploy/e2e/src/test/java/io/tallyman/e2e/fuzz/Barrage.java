package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.fuzz.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends many requests over a few connections, and checks the answers. */
final class Barrage {
  private static final int CONNECTIONS = 12;

  /** The longest time for an answer. A long poll may take 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** More failures would show nothing new. */
  private static final int MOST_FAULTS = 25;

  private final URI gateway;
  private final RequestFuzzer fuzzer;
  private final Verdict verdict;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private long begun;
  private long ended;

  Barrage(URI gateway, RequestFuzzer fuzzer, Verdict verdict) {
    this.gateway = gateway;
    this.fuzzer = fuzzer;
    this.verdict = verdict;
  }

  /** Returns when this many requests were answered, or when the time is over. */
  void fire(long inputs, Duration time) throws Exception {
    begun = System.nanoTime();
    long deadline = begun + time.toNanos();
    try (ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> fired = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        fired.add(connections.submit(() -> fireOnOneConnection(inputs, deadline)));
      }
      for (Future<?> one : fired) {
        one.get();
      }
    }
    ended = System.nanoTime();
  }

  List<String> faults() {
    return faults;
  }

  long answers() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  String report() {
    double seconds = (ended - begun) / 1e9;
    return "%d inputs in %.1f s, %.0f a second, the slowest answer after %d ms; answered %s"
        .formatted(answers(), seconds, answers() / seconds, slowest.get() / 1_000_000, outcomes);
  }

  private Void fireOnOneConnection(long inputs, long deadline) throws IOException {
    try (Wire wire = new Wire(gateway, PATIENCE)) {
      long number = next.getAndIncrement();
      while (number < inputs && System.nanoTime() < deadline && faults.size() < MOST_FAULTS) {
        fire(number, wire);
        number = next.getAndIncrement();
      }
    }
    return null;
  }

  private void fire(long number, Wire wire) {
    FuzzedRequest request = fuzzer.make(number);
    long asked = System.nanoTime();
    try {
      Optional<Reply> reply = wire.ask(request);
      outcomes.merge(reply.map(one -> one.status() / 100 + "xx").orElse("closed"), 1L, Long::sum);
      if (reply.isPresent()) {
        verdict
            .faults(request, reply.get())
            .forEach(fault -> fault(number, request, fault, reply.get()));
      } else if (request.isWhole() && !request.isLarge()) {
        faults.add(
            "%d: closed without an answer to %s, sent after %s"
                .formatted(number, request, wire.previous()));
      }
    } catch (IOException silence) {
      outcomes.merge("silence", 1L, Long::sum);
      faults.add(
          "%d: no answer (%s) to %s, sent after %s"
              .formatted(number, silence, request, wire.previous()));
    }
    slowest.accumulateAndGet(System.nanoTime() - asked, Math::max);
  }

  private void fault(long number, FuzzedRequest request, String fault, Reply reply) {
    faults.add(
        "%d: %d %s %s: the answer to %s"
            .formatted(number, reply.status(), fault, reply.text(), request));
  }
}
