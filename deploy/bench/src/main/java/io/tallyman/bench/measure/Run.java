package io.tallyman.bench.measure;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.report.Results;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Tallyman;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    List<Side> sides = new ArrayList<>();
    sides.add(tallyman);
    peer.ifPresent(sides::add);
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
  void warmUp(String what, Round round) {
    progress.accept(what + ": warming up");
    round.of(tallyman);
    peer.ifPresent(round::of);
  }

  /** The processes of a system, and those that the systems share. */
  Map<String, ProcessHandle> processes(Side side) {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>(side.processes());
    processes.putAll(backing.processes());
    return processes;
  }
}
