package io.tallyman.e2e.chaos;

import io.tallyman.e2e.chaos.Fault.Course;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Causes the faults of each course one after the other, in an order that the seed decides. Each
 * fault of a course happens once before one happens again.
 */
final class Storm {
  private final TallymanStack stack;
  private final long seed;
  private final List<Strike> strikes = Collections.synchronizedList(new ArrayList<>());

  /** A fault that has ended. */
  record Strike(Fault fault, Instant from, Instant to) {}

  Storm(TallymanStack stack, long seed) {
    this.stack = stack;
    this.seed = seed;
  }

  /** Returns when all parts are ready again, which may be later. */
  List<Strike> rage(Duration time) throws Exception {
    Instant begun = Instant.now();
    Random seeds = new Random(seed);
    Set<String> taken = ConcurrentHashMap.newKeySet();
    try (ExecutorService courses = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> under = new ArrayList<>();
      for (Course course : Course.values()) {
        Random random = new Random(seeds.nextLong());
        Saboteur saboteur = new Saboteur(stack, random, taken);
        under.add(courses.submit(() -> rage(course, saboteur, random, begun, begun.plus(time))));
      }
      for (Future<?> course : under) {
        course.get();
      }
    }
    return strikes;
  }

  private void rage(Course course, Saboteur saboteur, Random random, Instant begun, Instant until) {
    List<Fault> faults = new ArrayList<>(Fault.of(course, stack));
    while (!faults.isEmpty()) {
      Collections.shuffle(faults, random);
      for (Fault fault : faults) {
        Pause.of(Duration.ofMillis(random.nextLong(course.longestLull().toMillis())));
        if (Instant.now().isAfter(until)) {
          return;
        }
        strike(saboteur, fault, begun);
      }
    }
  }

  private void strike(Saboteur saboteur, Fault fault, Instant begun) {
    Instant from = Instant.now();
    saboteur.strike(fault);
    Strike strike = new Strike(fault, from, Instant.now());
    strikes.add(strike);
    System.out.printf(
        "%6.1f s to %6.1f s %s%n",
        seconds(begun, strike.from), seconds(begun, strike.to), strike.fault);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1_000.0;
  }
}
