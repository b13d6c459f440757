package io.tallyman.bench.measure;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.report.Results;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Tallyman;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the measurements of one run share.
 *
 * @param workers the usual number of workers
 * @param progress receives a line before each step
 */
public record Run(
    Backing backing,
    Tallyman tallyman,
    Optional<Peer> peer,
    Billings billings,
    Scale scale,
    Results results,
    int workers,
    Consumer<String> progress) {
  /** Measures one system once. */
  @FunctionalInterface
  interface Round {
    void of(Side side);
  }

  /**
   * Measures the systems in turn. The one that was last in a round is first in the next, so that a
   * change of the machine's load meets both.
   */
  void alternate(String what, Round round) {
    List<Side> sides = sides();
    for (int number = 1; number <= scale.rounds(); number++) {
      for (Side side : sides) {
        progress.accept(
            "%s, round %d of %d: %s".formatted(what, number, scale.rounds(), side.name()));
        round.of(side);
      }
      sides = sides.reversed();
    }
  }

  /** Does something with each system before it is measured. */
  void prepare(String what, Round round) {
    progress.accept(what + ": preparing");
    sides().forEach(round::of);
  }

  /**
   * Does small work with each system before it is measured, again and again for the time of the
   * scale, at least once. Under load, the JIT compilers of Tallyman work for minutes, each time a
   * little less.
   */
  void warmUp(String what, Round round) {
    for (Side side : sides()) {
      progress.accept("%s: warming up %s".formatted(what, side.name()));
      long begun = System.nanoTime();
      do {
        round.of(side);
      } while (System.nanoTime() - begun < scale.warmUp().toNanos());
    }
  }

  /** Measures all of this, and then says how many requests of each system were repeated. */
  public void measure(Collection<Measurement> measurements) {
    measurements.forEach(measurement -> measurement.measure(this));
    for (Side side : sides()) {
      if (side.refused() > 0) {
        results.note(
            "%,d requests were repeated, because the %s was busy and answered 5xx."
                .formatted(side.refused(), side.name()));
      }
    }
  }

  /** The processes of a system, and those that the systems share. */
  Map<String, ProcessHandle> processes(Side side) {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>(side.processes());
    processes.putAll(backing.processes());
    return processes;
  }

  private List<Side> sides() {
    return Stream.concat(Stream.<Side>of(tallyman), peer.stream()).toList();
  }
}
